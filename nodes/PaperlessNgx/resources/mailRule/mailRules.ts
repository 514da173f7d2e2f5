import { PaperlessError } from '../../../api/errors';
import { isSameSet } from '../../../api/requireAsAsked';
import type { MailRuleDraft } from '../../../api/schemas/mailRule';
import { namesOrIds, oneOf, oneOrNew } from '../../../toolkit/parameterBuilders';
import { optionalReference, toReferences } from '../../../toolkit/references';
import { clearedFrom, clearParameter } from '../capabilities/clearParameter';
import type { Editable } from '../capabilities/editable';
import { defineFields } from '../capabilities/editable';
import { clearablePermissions } from '../capabilities/withGrants';
import { clearableOwner, ownerField, ownerIn } from '../shared/ownerField';
import { presentRule, ruleReferences } from './presentRule';

const actions = { delete: 1, move: 2, markAsRead: 3, flag: 4, tag: 5 } as const;

const clearable = {
	assignCorrespondent: {
		label: 'Assign Correspondent',
		field: 'assign_correspondent',
		empty: null,
	},
	assignDocumentType: {
		label: 'Assign Document Type',
		field: 'assign_document_type',
		empty: null,
	},
	assignTags: { label: 'Assign Tags', field: 'assign_tags', empty: [] },
	filterAttachmentFilenameExclude: {
		label: 'Filter Attachment Name: Exclude',
		field: 'filter_attachment_filename_exclude',
		empty: null,
	},
	filterAttachmentFilenameInclude: {
		label: 'Filter Attachment Name: Include',
		field: 'filter_attachment_filename_include',
		empty: null,
	},
	filterBody: { label: 'Filter Body', field: 'filter_body', empty: null },
	filterFrom: { label: 'Filter From', field: 'filter_from', empty: null },
	filterSubject: { label: 'Filter Subject', field: 'filter_subject', empty: null },
	filterTo: { label: 'Filter To', field: 'filter_to', empty: null },
	...clearableOwner,
	...clearablePermissions,
} as const;

/** A text field with this label; an empty one leaves its field unchanged. */
const textField = <const Name extends string>(
	displayName: string,
	name: Name,
	example: string,
	description: string,
) =>
	({
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: `e.g. ${example}`,
		description,
	}) as const;

const texts = {
	actionParameter: 'action_parameter',
	filterAttachmentFilenameExclude: 'filter_attachment_filename_exclude',
	filterAttachmentFilenameInclude: 'filter_attachment_filename_include',
	filterBody: 'filter_body',
	filterFrom: 'filter_from',
	filterSubject: 'filter_subject',
	filterTo: 'filter_to',
	folder: 'folder',
} as const;

const plain = {
	action: 'action',
	assignCorrespondentFrom: 'assign_correspondent_from',
	assignOwnerFromRule: 'assign_owner_from_rule',
	assignTitleFrom: 'assign_title_from',
	attachmentType: 'attachment_type',
	consumptionScope: 'consumption_scope',
	enabled: 'enabled',
	maximumAge: 'maximum_age',
	order: 'order',
	pdfLayout: 'pdf_layout',
} as const;

/** The fields of a body for those values that are set. */
const renamed = (table: Readonly<Record<string, string>>, values: Record<string, unknown>) =>
	Object.fromEntries(
		Object.entries(table).flatMap(([name, field]) => {
			const value = values[name];
			const given = typeof value === 'string' ? value.trim() : value;
			return given === undefined || given === '' ? [] : [[field, given]];
		}),
	);

export const mailRules: Editable<'mailRule', MailRuleDraft> = {
	kind: 'mailRule',
	noun: 'mail rule',
	plural: 'mail rules',
	picker: 'searchMailRules',
	example: 'Invoices',
	collection: (api) => api.mailRules,
	present: presentRule,
	references: ruleReferences,
	hasPermissions: true,
	isShared: true,
	technical: [
		'assign_correspondent_from',
		'assign_owner_from_rule',
		'assign_title_from',
		'attachment_type',
		'consumption_scope',
		'pdf_layout',
		'stop_processing',
	],
	sameness: { assign_tags: isSameSet },
	// Servers before 2.19 crash without them (docs/paperless-api.md#mail-rules).
	repeated: (rule) => ({
		action: rule.action,
		action_parameter: rule.action_parameter || null,
	}),
	newDraft(draft) {
		if (draft.account === undefined) {
			throw new PaperlessError('invalid', '“Mail Account” is empty', {
				description: 'Choose the account whose mails the rule is for.',
				parameter: 'account',
			});
		}
		const made = { action: actions.markAsRead, action_parameter: null, assign_tags: [], ...draft };
		const needsParameter = made.action === actions.move || made.action === actions.tag;
		if (!needsParameter || made.action_parameter) return made;
		throw new PaperlessError('invalid', '“Action Parameter” is empty', {
			description: 'Enter the folder to move mails to, or the tag to give them.',
			parameter: 'actionParameter',
		});
	},
	mainFields: defineFields(
		[{ ...oneOf('Mail Account', 'account', 'searchMailAccounts', 'Office'), required: true }],
		async ({ names }, values): Promise<MailRuleDraft> => {
			const account = optionalReference(values.account, 'Mail Account');
			if (account === undefined) return {};
			return { account: (await names.find('mailAccount', account, 'account')).id };
		},
	),
	additionalFields: defineFields(
		[
			{
				displayName: 'Action',
				name: 'action',
				type: 'options',
				options: [
					{ name: 'Delete', value: 1 },
					{ name: 'Flag', value: 4 },
					{ name: 'Mark as Read', value: 3 },
					{ name: 'Move to Folder', value: 2 },
					{ name: 'Tag', value: 5 },
				],
				default: 3,
				description: 'What to do with a mail after its files are consumed',
			},
			textField(
				'Action Parameter',
				'actionParameter',
				'Archive',
				'Folder to move to, or tag to give',
			),
			{
				...oneOrNew(
					'Assign Correspondent',
					'assignCorrespondent',
					'searchCorrespondents',
					'Water Works',
				),
				description: 'Takes effect with “Assign Correspondent From” set to Correspondent',
			},
			{
				displayName: 'Assign Correspondent From',
				name: 'assignCorrespondentFrom',
				type: 'options',
				options: [
					{ name: 'Correspondent', value: 4, description: 'The one under “Assign Correspondent”' },
					{ name: 'Mail Address', value: 2 },
					{ name: 'Nothing', value: 1 },
					{ name: 'Sender Name', value: 3 },
				],
				default: 1,
			},
			oneOrNew('Assign Document Type', 'assignDocumentType', 'searchDocumentTypes', 'Invoice'),
			{
				displayName: 'Assign Owner From Rule',
				name: 'assignOwnerFromRule',
				type: 'boolean',
				default: true,
				description: 'Whether documents belong to the owner of the rule',
			},
			namesOrIds('Assign Tag Names or IDs', 'assignTags', 'getTags'),
			{
				displayName: 'Assign Title From',
				name: 'assignTitleFrom',
				type: 'options',
				options: [
					{ name: 'File Name', value: 2 },
					{ name: 'Nothing', value: 3 },
					{ name: 'Subject', value: 1 },
				],
				default: 1,
			},
			{
				displayName: 'Attachment Type',
				name: 'attachmentType',
				type: 'options',
				options: [
					{ name: 'Attachments', value: 1 },
					{ name: 'Attachments and Inline Files', value: 2 },
				],
				default: 1,
			},
			clearParameter(clearable),
			{
				displayName: 'Consumption Scope',
				name: 'consumptionScope',
				type: 'options',
				options: [
					{ name: 'Attachments', value: 1 },
					{ name: 'Mail', value: 2, description: 'The whole mail as one document' },
					{ name: 'Mail and Attachments', value: 3 },
				],
				default: 1,
			},
			{
				displayName: 'Enabled',
				name: 'enabled',
				type: 'boolean',
				default: true,
				description: 'Whether Paperless-ngx applies the rule',
			},
			textField(
				'Filter Attachment Name: Exclude',
				'filterAttachmentFilenameExclude',
				'logo*',
				'Pattern of file names to leave out',
			),
			textField(
				'Filter Attachment Name: Include',
				'filterAttachmentFilenameInclude',
				'*.pdf',
				'Pattern of file names to consume',
			),
			textField('Filter Body', 'filterBody', 'invoice', 'Text that the mail must contain'),
			textField(
				'Filter From',
				'filterFrom',
				'billing@example.com',
				'Text that the sender must contain',
			),
			textField(
				'Filter Subject',
				'filterSubject',
				'Your invoice',
				'Text that the subject must contain',
			),
			textField(
				'Filter To',
				'filterTo',
				'office@example.com',
				'Text that the recipients must contain',
			),
			textField('Folder', 'folder', 'INBOX', 'Folder of the mail server'),
			{
				displayName: 'Maximum Age',
				name: 'maximumAge',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 36500, numberPrecision: 0 },
				default: 30,
				description: 'Days; older mails are left alone',
			},
			{
				displayName: 'Order',
				name: 'order',
				type: 'number',
				typeOptions: { numberPrecision: 0 },
				default: 0,
				description: 'Rules with lower numbers are applied first',
			},
			ownerField,
			{
				displayName: 'PDF Layout',
				name: 'pdfLayout',
				type: 'options',
				options: [
					{ name: 'HTML Only', value: 3 },
					{ name: 'HTML, Then Text', value: 2 },
					{ name: 'Server Default', value: 0 },
					{ name: 'Text Only', value: 4 },
					{ name: 'Text, Then HTML', value: 1 },
				],
				default: 0,
				description: 'How a whole mail becomes a PDF',
			},
		],
		async (context, values): Promise<MailRuleDraft> => {
			const { names } = context;
			const { clear = [] } = values;
			const correspondent = optionalReference(values.assignCorrespondent, 'Assign Correspondent');
			const documentType = optionalReference(values.assignDocumentType, 'Assign Document Type');
			const tags = toReferences(values.assignTags, 'Assign Tag Names or IDs');
			const set: MailRuleDraft = {
				...renamed(texts, values),
				...renamed(plain, values),
				...(correspondent !== undefined && {
					assign_correspondent: await names.id(
						'correspondent',
						correspondent,
						'assignCorrespondent',
					),
				}),
				...(documentType !== undefined && {
					assign_document_type: await names.id('documentType', documentType, 'assignDocumentType'),
				}),
				...(await ownerIn(context, values)),
				...(tags.length > 0 && { assign_tags: await names.ids('tag', tags, 'assignTags') }),
			};
			return { ...set, ...clearedFrom(clearable, clear, set) };
		},
	),
};
