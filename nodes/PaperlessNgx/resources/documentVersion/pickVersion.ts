import { PaperlessError } from '../../../api/errors';
import type { DocumentVersion } from '../../../api/versions';
import type { Parameter } from '../../../toolkit/parameter';

export const versionParameter = {
	displayName: 'Version',
	name: 'version',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 57 or Signed',
	description: 'ID or label of the version',
} as const satisfies Parameter;

const described = ({ id, version_label: label }: DocumentVersion) =>
	label ? `${id} (“${label}”)` : String(id);

/**
 * The only version of the document `id` with this ID or label. Throws PaperlessError `unresolved`
 * when no version or several have it: a label may look like the ID of another version.
 */
export function pickVersion(
	id: number,
	versions: readonly DocumentVersion[],
	idOrLabel: string,
): DocumentVersion {
	const text = idOrLabel.trim();
	const [match, ...others] = versions.filter(
		(version) => String(version.id) === text || version.version_label?.trim() === text,
	);
	if (match && others.length === 0) return match;
	const message = match
		? `Several versions are called “${text}”`
		: `Document ${id} has no version “${text}”`;
	throw new PaperlessError('unresolved', message, {
		description: `Its versions: ${versions.map(described).join(', ')}.`,
		parameter: 'version',
	});
}
