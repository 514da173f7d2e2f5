const [start, end] = ['n8n-test-delivery-', '.pdf'];

/** The form of `randomUUID`: other files with such a beginning are files of somebody. */
const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const form = new RegExp(`^${start}${uuid}${end.replace('.', '\\.')}$`);

/** The name of a file that proves the server can reach n8n; it never becomes a document. */
export const testFileName = (id: string): string => `${start}${id}${end}`;

/** Whether a file belongs to a test delivery and must not be reported. */
export const isTestFile = (name: string): boolean => form.test(name);
