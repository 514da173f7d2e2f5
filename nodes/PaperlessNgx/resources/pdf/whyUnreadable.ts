/** Why the server made nothing of a file; some of its replies to that are a success. */
export const whyUnreadable =
	'It cannot open the file: a password may protect it, or it is damaged. Its log contains the reason.';
