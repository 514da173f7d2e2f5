export const documents = Number(process.env['SCALE_DOCUMENTS'] ?? 2000);

/** A figure for whoever runs the tests. */
export const tell = (line: string): void => void process.stderr.write(`${line}\n`);
