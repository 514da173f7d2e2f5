export const documents = Number(process.env['SCALE_DOCUMENTS'] ?? 2000);
