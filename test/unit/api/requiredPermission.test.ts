import { requiredPermission } from '../../../nodes/api/requiredPermission';

const post = (path: string, json: unknown) =>
	requiredPermission({ method: 'POST', path: `api/${path}/`, body: { json } });

describe('The permission that a rejected request requires', () => {
	it.each([
		['delete', {}, ['delete_document']],
		['modify_tags', {}, ['change_document']],
		['merge', { delete_originals: false }, ['change_document', 'add_document']],
		['split', { delete_originals: true }, ['change_document', 'add_document', 'delete_document']],
		['rotate', { degrees: 90 }, ['change_document']],
		['edit_pdf', { update_document: true, delete_original: false }, ['change_document']],
		['edit_pdf', { update_document: false }, ['change_document', 'add_document']],
	])('for a bulk edit depends on its effect: %s %j', (method, parameters, names) => {
		const needed = post('documents/bulk_edit', { documents: [1], method, parameters });

		expect(needed.match(/[a-z]+_document/g)).toEqual(names);
	});

	it('for an edit of many objects depends on their kind', () => {
		const edit = { objects: [1], object_type: 'document_types' };

		expect(post('bulk_edit_objects', { ...edit, operation: 'delete' })).toContain(
			'“delete_documenttype”',
		);
		expect(post('bulk_edit_objects', { ...edit, operation: 'set_permissions' })).toContain(
			'“change_documenttype”',
		);
	});

	it('says of edits that only owners may make that the right to change is not enough', () => {
		const words = 'Only the owner of the object or a superuser may do this';
		const patch = (json: object) =>
			requiredPermission({ method: 'PATCH', path: 'api/tags/3/', body: { json } });

		for (const operation of ['delete', 'set_permissions'])
			expect(post('bulk_edit_objects', { object_type: 'tags', operation })).toContain(words);
		expect(patch({ owner: null })).toContain(words);
		expect(patch({ set_permissions: {} })).toContain(words);
		expect(patch({ match: 'x' })).not.toContain(words);
	});

	it.each([
		['POST', 'documents/chat', '“view_document”'],
		['POST', 'documents/email', '“view_document”'],
		['POST', 'documents/3/email', '“add_document”'],
		['POST', 'documents/3/update_version', '“add_document” and “change_document”'],
		['PATCH', 'documents/3/versions/4', '“change_document”'],
		['DELETE', 'documents/3/versions/4', '“delete_document”'],
		['GET', 'documents/3/share_links', '“view_document”'],
		['GET', 'documents/3/history', '“view_logentry”'],
		['POST', 'share_links', '“add_sharelink”'],
		['POST', 'share_link_bundles/3/rebuild', '“add_sharelinkbundle”'],
		['PATCH', 'config/1', '“change_applicationconfiguration”'],
		['POST', 'tasks/acknowledge', '“change_paperlesstask”'],
		['POST', 'tasks/run', 'marked as “Superuser”'],
		['GET', 'logs/paperless', 'marked as “Admin”'],
		['GET', 'status', '“view_system_monitoring”'],
		['POST', 'trash', 'Only the owner'],
	] as const)('for %s %s is %s', (method, path, words) => {
		expect(requiredPermission({ method, path: `api/${path}/` })).toContain(words);
	});

	const everything = new Set(['add_document', 'change_document', 'delete_document']);

	it.each([
		['delete', {}],
		['set_permissions', {}],
		['rotate', { degrees: 90 }],
		['delete_pages', {}],
		['edit_pdf', { update_document: true }],
		['remove_password', {}],
		['merge', { delete_originals: true }],
		['split', { delete_originals: true }],
	])('is the ownership for a bulk edit that only owners may make: %s', (method, parameters) => {
		const call = {
			method: 'POST',
			path: 'api/documents/bulk_edit/',
			body: { json: { documents: [1], method, parameters } },
		} as const;

		expect(requiredPermission(call)).toContain(
			'Only the owner of a document or a superuser may do this',
		);
		expect(requiredPermission(call, everything)).toContain('but only the owner of a document');
		expect(requiredPermission(call, new Set())).toContain('The user lacks “change_document”');
	});

	it.each(['delete', 'rotate', 'edit_pdf', 'remove_password', 'merge_as_versions'])(
		'is the ownership for the route documents/%s as well',
		(action) => {
			const call = {
				method: 'POST',
				path: `api/documents/${action}/`,
				body: { json: { documents: [1] } },
			} as const;

			expect(requiredPermission(call, everything)).toContain('but only the owner of a document');
		},
	);

	it('is access to the object where the user has the permission', () => {
		const call = { method: 'PATCH', path: 'api/tags/3/' } as const;

		expect(requiredPermission(call, new Set(['change_tag']))).toContain('no access to this object');
		expect(requiredPermission(call, new Set(['view_tag']))).toContain('lacks “change_tag”');
	});
});
