/** The server accepts no archive serial number above it. */
export const largestSerialNumber = 2 ** 32 - 1;
