import { setTimeout as sleep } from 'node:timers/promises';
import { asText } from './customFieldValues.mts';
import { documentFor } from './documents.mts';
import { log } from './history.mts';
import { crash, data, detail, ok, refuse } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import { mayChange, maySee } from './permissions.mts';
import { showNote } from './serialize.mts';
import type { Document } from './store.mts';

const savingMilliseconds = 5;

const notesOf = (call: Call, document: Document): Reply =>
	ok(document.notes.map((note) => showNote(call, note)));

const toView = (call: Call): Document =>
	documentFor(
		call,
		(document) => maySee(document, call.user),
		'Insufficient permissions to view notes',
	);

function toChange(call: Call, purpose: string): Document {
	toView(call);
	const message = `Insufficient permissions to ${purpose} notes`;
	return documentFor(call, (document) => mayChange(document, call.user), message);
}

const readNotes = (call: Call): Reply => notesOf(call, toView(call));

/** The server reports even an unreadable body as a failure with status 200. */
function givenNote(call: Call): unknown {
	const { body } = call;
	if (body.kind === 'broken') return undefined;
	const fields = body.kind === 'json' ? body.value : data(call);
	return (fields as { note?: unknown } | null)?.note;
}

/** The reply is read after the note is saved, so it may show the notes of later requests. */
async function addNote(call: Call): Promise<Reply> {
	const document = toChange(call, 'create');
	const note = givenNote(call);
	const failed = ok({ error: 'Error saving note, check logs for more detail.' });
	if (note === undefined || note === null) return failed;
	const id = call.store.nextNoteId();
	document.notes.push({
		id,
		note: asText(note),
		created: call.store.now(),
		user: call.user.id,
	});
	log(call.store, document, 'update', { 'Note Added': ['None', id] }, null);
	call.store.touch(document);
	await sleep(savingMilliseconds);
	return typeof note === 'string' ? notesOf(call, document) : failed;
}

function removeNote(call: Call): Reply {
	const document = toChange(call, 'delete');
	const { store, profile } = call;
	const wanted = call.query.filled('id');
	const id = Number(wanted);
	const owners = profile.notesGuarded ? [document] : [...store.documents.values()];
	const owner = owners.find(({ notes }) => notes.some((note) => note.id === id));
	if (owner === undefined) {
		if (!profile.notesGuarded) return crash();
		if (wanted === undefined) return refuse(400, { id: 'This field is required.' });
		if (Number.isNaN(id)) return refuse(400, { id: 'A valid integer is required.' });
		return detail(404, 'No Note matches the given query.');
	}
	owner.notes = owner.notes.filter((note) => note.id !== id);
	log(store, document, 'update', { 'Note Deleted': [id, 'None'] }, null);
	store.touch(document);
	return notesOf(call, document);
}

export const noteRoutes: Route[] = [
	{
		path: 'documents/:id/notes/',
		model: 'note',
		on: { GET: readNotes, POST: addNote, DELETE: removeNote },
	},
];
