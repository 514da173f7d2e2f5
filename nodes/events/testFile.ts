const [start, end] = ['n8n-test-delivery-', '.pdf'];

/** The name of a file that proves the server can reach n8n; it never becomes a document. */
export const testFileName = (id: string): string => `${start}${id}${end}`;

/** Whether a file belongs to a test delivery and must not be reported. */
export const isTestFile = (name: string): boolean => name.startsWith(start) && name.endsWith(end);
