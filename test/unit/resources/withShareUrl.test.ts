import { withShareUrl } from '../../../nodes/PaperlessNgx/resources/shared/withShareUrl';

describe('The address of a share link', () => {
	it('is below the server, whatever its slug is', () => {
		const { url } = withShareUrl({ slug: '../../steal?to=//evil.test' }, 'https://paper.test/sub');

		expect(new URL(String(url)).href).toBe(
			'https://paper.test/sub/share/..%2F..%2Fsteal%3Fto%3D%2F%2Fevil.test',
		);
	});
});
