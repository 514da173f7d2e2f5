const [start, end] = ['n8n-test-delivery-', '.pdf'];

/** The name of a file that is sent to prove the way from the server to n8n, and never becomes a document. */
export const testFileName = (id: string): string => `${start}${id}${end}`;

/** Whether a file is such a one, of which nothing is reported. */
export const isTestFile = (name: string): boolean => name.startsWith(start) && name.endsWith(end);
