import { documentFor, documentList } from './documents.mts';
import { boolean, text, validate, wrong } from './fields.mts';
import type { Check } from './fields.mts';
import { crash, data, ok, plain } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import { idParam } from './objects.mts';
import { maySee } from './permissions.mts';
import type { Document } from './store.mts';

/** The sandbox sends nothing, it only keeps what would go out: the file of the very id. */
function sent(
	{ store }: Call,
	addresses: string[],
	documents: Document[],
	archived: boolean,
	what: 'document' | 'documents',
): Reply {
	const fileOf = ({ archive, original }: Document) => (archived && archive) || original;
	if (documents.some((document) => fileOf(document).isLost)) return failed(what);
	const attachments = documents.map((document) => ({
		document: document.id,
		checksum: fileOf(document).checksum,
	}));
	store.mails.push({ addresses, attachments });
	return ok({ message: 'Email sent' });
}

const failed = (what: string): Reply =>
	plain(500, `Error emailing ${what}, check logs for more detail.`);

const hasLineBreak = (subject: unknown): boolean => /[\r\n]/.test(String(subject));

const addressList: Check = (value, store) => {
	const given = text()(value, store) as string;
	const addresses = given.split(',').map((address) => address.trim());
	const bad = addresses.find((address) => !/^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$/.test(address));
	return bad === undefined ? addresses : wrong(`Invalid email address: ${bad}`);
};

const atLeastOne: Check = (value, store) =>
	Array.isArray(value) && value.length === 0
		? wrong('At least one document is required')
		: documentList(value, store);

function email(call: Call, named: Record<string, unknown> = {}): Reply {
	const { store, user, profile } = call;
	const fields = {
		documents: { check: atLeastOne, required: true },
		addresses: { check: addressList, required: true },
		subject: { check: text(), required: true },
		message: { check: text(), required: true },
		use_archive_version: { check: boolean },
	};
	const {
		documents,
		addresses,
		subject,
		use_archive_version: archived,
	} = validate(fields, { ...data(call), ...named }, store, false);
	if (!(documents as Document[]).every((document) => maySee(document, user)))
		return plain(403, 'Insufficient permissions');
	if (hasLineBreak(subject) && !profile.documentVersions) return failed('documents');
	return sent(
		call,
		addresses as string[],
		documents as Document[],
		archived !== false,
		'documents',
	);
}

/** The old request works only with a form, because the server passes it on to the new one. */
function emailOne(call: Call): Reply {
	if (call.body.kind !== 'form') return crash();
	return email(call, { documents: [idParam(call.params['id'] ?? '')] });
}

/** The request as 2.15 handles it. */
function emailFirst(call: Call): Reply {
	const document = documentFor(call, (one) => maySee(one, call.user));
	const body = data(call);
	if (['addresses', 'subject', 'message'].some((name) => !(name in body)))
		return plain(400, 'Missing required fields');
	const { addresses, subject } = body;
	if (typeof addresses !== 'string' || hasLineBreak(subject)) return failed('document');
	const all = addresses.split(',').map((one) => one.trim());
	if (!all.every((one) => /^[^@]+@[^@]+\.[^@]+/.test(one)))
		return plain(400, 'Invalid email address found');
	const archived = Boolean(body['use_archive_version'] ?? true);
	return sent(call, all, [document], archived, 'document');
}

export const emailRoutes: Route[] = [
	{ path: 'documents/email/', since: 'nestedTags', on: { POST: (call) => email(call) } },
	{ path: 'documents/:id/email/', since: 'nestedTags', on: { POST: emailOne } },
	{ path: 'documents/:id/email/', model: 'document', on: { POST: emailFirst } },
];
