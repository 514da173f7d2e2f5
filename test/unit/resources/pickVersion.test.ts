import { pickVersion } from '../../../nodes/PaperlessNgx/resources/documentVersion/pickVersion';

const versions = [
	{ id: 57, version_label: 'Signed' },
	{ id: 56, version_label: '12' },
	{ id: 55, version_label: null },
	{ id: 12, version_label: null, is_root: true },
];

const refusalOf = (idOrLabel: string, some = versions): unknown => {
	try {
		return pickVersion(12, some, idOrLabel);
	} catch (thrown) {
		return thrown;
	}
};

describe('a version of a document', () => {
	it.each(['57', 'Signed', ' Signed '])('is picked by “%s”', (idOrLabel) => {
		expect(pickVersion(12, versions, idOrLabel).id).toBe(57);
	});

	it('is rejected when no version has this ID or label', () => {
		expect(refusalOf('Draft')).toMatchObject({
			kind: 'unresolved',
			message: 'Document 12 has no version “Draft”',
			description: 'Its versions: 57 (“Signed”), 56 (“12”), 55, 12.',
			parameter: 'version',
		});
	});

	it('is rejected when it differs by case', () => {
		expect(refusalOf('signed')).toMatchObject({ kind: 'unresolved' });
	});

	it('is rejected when two versions have the same label', () => {
		const twice = [{ id: 58, version_label: 'Signed' }, ...versions];

		expect(refusalOf('Signed', twice)).toMatchObject({
			message: 'Several versions are called “Signed”',
		});
	});

	it('is rejected when its ID is the label of another version', () => {
		expect(refusalOf('12')).toMatchObject({ message: 'Several versions are called “12”' });
	});

	it('without a label is not picked by empty text', () => {
		expect(refusalOf(' ')).toMatchObject({ message: 'Document 12 has no version “”' });
	});
});
