import type { ApiRequest } from '../../../api/httpTransport';
import { isRead } from '../../../api/isRead';
import type { Access } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import { notice } from '../../../toolkit/parameterBuilders';
import { outputFieldParameter } from '../shared/outputFieldParameter';
import { bodyFrom, bodyParameters, rowsParameter } from './bodyFrom';
import { outputsOf } from './outputsOf';
import { pathOf, routeFrom } from './routeFrom';
import { rowsPerPage } from './rowsPerPage';

const accessOfCall = (method: ApiRequest['method'], path: string): Access =>
	method === 'GET' && isRead(method, pathOf(path)) ? 'read' : 'write';

export const send = defineOperation({
	value: 'send',
	name: 'Send',
	action: 'Send API call',
	description: 'Send a request of your own to the server, for what no other operation does',
	access: ({ method, path }) => accessOfCall(method, path),
	parameters: [
		{
			displayName: 'Method',
			name: 'method',
			type: 'options',
			options: [
				{ name: 'DELETE', value: 'DELETE' },
				{ name: 'GET', value: 'GET' },
				{ name: 'PATCH', value: 'PATCH' },
				{ name: 'POST', value: 'POST' },
				{ name: 'PUT', value: 'PUT' },
			],
			default: 'GET',
		},
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. documents/12/metadata/',
			description: 'The path below /api/ of the server; the list of paths is at /api/schema/view/',
		},
		notice('deletionNotice', 'A deletion is sent as it is, and most cannot be undone.', {
			method: ['DELETE'],
		}),
		rowsParameter(
			'Query Parameters',
			'queryParameters',
			'Add Parameter',
			'Check their spelling: the server ignores names that it does not know, and returns everything',
			{ name: 'created__year', value: '2024' },
		),
		...bodyParameters,
		{
			displayName: 'Response',
			name: 'response',
			type: 'options',
			options: [
				{ name: 'File', value: 'file', description: 'Such as a download' },
				{
					name: 'JSON or Text',
					value: 'data',
					description: 'One item per row of a list, otherwise one item',
				},
			],
			default: 'data',
		},
		{
			displayName: 'Return All',
			name: 'allPages',
			type: 'boolean',
			displayOptions: { show: { method: ['GET'], response: ['data'] } },
			default: false,
			description:
				'Whether to read all pages of a list, instead of the page that the query asks for',
		},
		{ ...outputFieldParameter, displayOptions: { show: { response: ['file'] } } },
	],
	// A later item may need what an earlier item writes.
	target: ({ method }) => (method === 'GET' ? undefined : 'all'),
	async execute(context, values, itemIndex) {
		const { method, path: text, queryParameters, response, allPages, ...given } = values;
		const { api, files } = context;
		const { path, query } = routeFrom(text, queryParameters.rows ?? []);
		const isReading = accessOfCall(method, text) === 'read';
		if (method === 'GET' && response === 'data' && allPages) {
			return outputsOf(await api.raw.sendAll(path, query, rowsPerPage(query)), isReading);
		}
		const body = method === 'GET' ? undefined : await bodyFrom(context, given, itemIndex);
		const request: ApiRequest = { method, path, query, ...(body && { body }) };
		if (response === 'data') return outputsOf(await api.raw.send(request), isReading);
		const reply = await api.raw.open(request);
		if ('value' in reply) return outputsOf(reply.value, isReading);
		const { fileName: file_name, mimeType: mime_type } = reply.file;
		const stored = await files.store(reply.file);
		return [{ json: { file_name, mime_type }, binary: { [given.outputDataFieldName]: stored } }];
	},
});
