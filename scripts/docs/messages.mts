import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

import type { ErrorKind } from '../../nodes/api/errors';

type Message = { kind: ErrorKind; text: string; advice: string[] };

/** What stands for anything that is known only when the message is made. */
const gap = '…';

/** A message in the source may have several forms, which depend on a condition. */
const mostForms = 4;

export const messagesHeading = '## Messages';

/** The causes of messages, in the order of the page. */
const causes: Record<ErrorKind, { title: string; cause: string }> = {
	unreachable: {
		title: 'No connection',
		cause: 'n8n found no server at the Base URL, or was not allowed to talk to it.',
	},
	interrupted: {
		title: 'The connection broke off',
		cause:
			'The server or a proxy closed the connection or was silent for too long. A request that writes may have taken effect.',
	},
	notPaperless: {
		title: 'Something other than Paperless-ngx answers',
		cause: 'The Base URL leads to a web page, a proxy or another program.',
	},
	proxyRefused: {
		title: 'A proxy refuses',
		cause: 'A proxy in front of Paperless-ngx asks for a login of its own or blocks the request.',
	},
	unauthorized: {
		title: 'The token is not valid',
		cause: 'Paperless-ngx does not know the token, or its user is inactive.',
	},
	forbidden: {
		title: 'A permission is missing',
		cause:
			'The token’s user lacks a right, or the object belongs to somebody else. See [Permissions](permissions.md).',
	},
	readOnly: {
		title: 'The credential is Read Only',
		cause: 'The credential permits only what changes nothing.',
	},
	notFound: {
		title: 'It is not there',
		cause:
			'The object does not exist, was deleted, or the token’s user may not see it. Paperless-ngx does not tell which.',
	},
	unresolved: {
		title: 'A name fits nothing, or too much',
		cause: 'A name or a number stands for no object that the token’s user sees, or for several.',
	},
	invalid: {
		title: 'A value or a setting does not fit',
		cause: 'A value, a setting or the state of a document does not permit what is asked for.',
	},
	unsupported: {
		title: 'The server cannot do this',
		cause: 'This version of Paperless-ngx lacks what the operation needs, or it is switched off.',
	},
	tooLarge: { title: 'Too large', cause: 'A limit of a proxy or of the node was reached.' },
	throttled: { title: 'Too many requests', cause: 'The server limits how often it is asked.' },
	unavailable: {
		title: 'The server is busy or broken',
		cause: 'The server is starting, busy or broken, or it reported that something went wrong.',
	},
	unexpectedReply: {
		title: 'The reply is not as expected',
		cause:
			'Afterwards the server had something other than what was asked for, or it answered in an unknown form.',
	},
	canceled: { title: 'Canceled', cause: 'Somebody or a time limit of n8n stopped the execution.' },
};

/** The sources, each with the constants and imports by which texts are found. */
class Sources {
	private readonly files = new Map<string, ts.SourceFile>();
	private readonly root: string;

	constructor(root: string) {
		this.root = root;
		for (const folder of ['credentials', 'nodes'])
			for (const name of readdirSync(path.join(root, folder), { recursive: true })) {
				const file = path.posix.join(folder, String(name).replaceAll('\\', '/'));
				if (file.endsWith('.ts')) this.read(file);
			}
	}

	private read(file: string): void {
		const text = readFileSync(path.join(this.root, file), 'utf8');
		this.files.set(file, ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
	}

	get all(): ts.SourceFile[] {
		return [...this.files.values()].sort((a, b) => a.fileName.localeCompare(b.fileName));
	}

	/** What a constant of a file or of one that it imports is made of. */
	initializer(source: ts.SourceFile, name: string): ts.Expression | undefined {
		let found: ts.Expression | undefined;
		const visit = (node: ts.Node): void => {
			if (ts.isVariableDeclaration(node) && node.name.getText() === name)
				found ??= node.initializer;
			if (
				ts.isImportSpecifier(node) &&
				node.name.text === name &&
				ts.isStringLiteral(node.parent.parent.parent.moduleSpecifier)
			) {
				const module = node.parent.parent.parent.moduleSpecifier.text;
				const target = path.posix.join(path.posix.dirname(source.fileName), module);
				const other = this.files.get(`${target}.ts`) ?? this.files.get(`${target}/index.ts`);
				found ??= other && this.initializer(other, (node.propertyName ?? node.name).text);
			}
			ts.forEachChild(node, visit);
		};
		visit(source);
		return found;
	}

	/** The texts that an expression may be, with gaps for what is not known here. */
	forms(node: ts.Expression, depth = 0): string[] {
		if (depth > 6) return [gap];
		const inner = (one: ts.Expression) => this.forms(one, depth + 1);
		const joined = (parts: string[][]) =>
			parts.reduce(
				(starts, ends) =>
					starts.flatMap((start) => ends.map((end) => start + end)).slice(0, mostForms),
				[''],
			);
		if (ts.isStringLiteralLike(node)) return [node.text];
		if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node))
			return inner(node.expression);
		if (ts.isTemplateExpression(node))
			return joined([
				[node.head.text],
				...node.templateSpans.flatMap(({ expression, literal }) => [
					inner(expression),
					[literal.text],
				]),
			]);
		if (ts.isConditionalExpression(node))
			return [...inner(node.whenTrue), ...inner(node.whenFalse)];
		if (ts.isBinaryExpression(node)) {
			if (node.operatorToken.kind === ts.SyntaxKind.PlusToken)
				return joined([inner(node.left), inner(node.right)]);
			if (node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
				return ['', ...inner(node.right)];
		}
		if (ts.isIdentifier(node)) {
			const initializer = this.initializer(node.getSourceFile(), node.text);
			if (initializer && !ts.isFunctionLike(initializer)) return inner(initializer);
		}
		const isQuoted = ts.isCallExpression(node) && /^quoted/.test(node.expression.getText());
		return [isQuoted ? `“${gap}”` : gap];
	}
}

/** The expression of a property, also where only its name is written. */
function property(node: ts.Node | undefined, name: string): ts.Expression | undefined {
	if (!node || !ts.isObjectLiteralExpression(node)) return undefined;
	for (const one of node.properties) {
		if (ts.isPropertyAssignment(one) && one.name.getText() === name) return one.initializer;
		if (ts.isShorthandPropertyAssignment(one) && one.name.text === name) return one.name;
	}
	return undefined;
}

const isKind = (text: string): text is ErrorKind => text in causes;

/** Text as it stands on the page: the names of the tables’ facts are gaps. */
const readable = (text: string) =>
	text
		.replace(/\{\w+\}/g, gap)
		.replace(/…(?:[\s,]*…)+/g, gap)
		.replace(/\s+/g, ' ')
		.trim();

const saysSomething = (text: string) => /\p{L}{3}/u.test(text);

function messagesOf(root: string): Message[] {
	const sources = new Sources(root);
	const messages: Message[] = [];
	const add = (kinds: string[], text?: ts.Expression, description?: ts.Expression) => {
		const kind = kinds.find(isKind);
		if (!kind || !text) return;
		const formsOf = (node: ts.Expression) =>
			[...new Set(sources.forms(node).map(readable))].filter(saysSomething);
		for (const form of formsOf(text))
			messages.push({ kind, text: form, advice: description ? formsOf(description) : [] });
	};
	const visit = (node: ts.Node): void => {
		if (ts.isNewExpression(node)) {
			const [first, second, third] = node.arguments ?? [];
			const name = node.expression.getText();
			if (name === 'PaperlessError' && first)
				add(sources.forms(first), second, property(third, 'description'));
			if (name === 'NodeOperationError') add(['invalid'], second, property(third, 'description'));
		}
		const kind = property(node, 'kind');
		if (kind) add(sources.forms(kind), property(node, 'message'), property(node, 'description'));
		const status = property(node, 'status');
		if (status && sources.forms(status).includes('Error'))
			add(['unauthorized'], property(node, 'message'));
		ts.forEachChild(node, visit);
	};
	for (const source of sources.all) visit(source);
	return messages;
}

const escaped = (text: string) => text.replace(/[<*|]|(?<!\w)_|_(?!\w)/g, '\\$&');

/** The generated part of docs/troubleshooting.md: every message that the sources contain. */
export function messagesReference(root: string): string {
	const messages = messagesOf(root);
	const chapters = Object.entries(causes).map(([kind, { cause, title }]) => {
		const advices = new Map<string, Set<string>>();
		for (const { advice, text } of messages.filter((one) => one.kind === kind))
			advices.set(text, new Set([...(advices.get(text) ?? []), ...advice]));
		const lines = [...advices]
			.sort(([a], [b]) => a.localeCompare(b, 'en'))
			.map(
				([text, advice]) =>
					`- **${escaped(text)}**\n${[...advice].map((one) => `  - ${escaped(one)}\n`).join('')}`,
			);
		return lines.length > 0 ? [`### ${title}`, cause, lines.join('').trimEnd()] : [];
	});
	return `${[
		messagesHeading,
		'All messages of the nodes, from their sources, by cause; written by `npm run docs`, so do not edit them by hand. … stands for a name, a number or a value. Below each message stands what the node says about going on. A message that is missing here comes from Paperless-ngx itself, with the name of the field in front.',
		...chapters.flat(),
	].join('\n\n')}\n`;
}
