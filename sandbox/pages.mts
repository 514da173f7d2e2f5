import type { Reply } from './http.mts';

const page = (title: string, body: string): string =>
	`<!DOCTYPE html>\n<html lang="en">\n<head>\n  <meta charset="utf-8">\n  <title>${title}</title>\n</head>\n<body>\n${body}\n</body>\n</html>\n`;

export const loginPage = (): Reply => ({
	status: 200,
	text: page(
		'Paperless-ngx sign in',
		'<form method="post"><input name="login"><input name="password" type="password"></form>',
	),
});

/** Django does not escape the slashes of the target. */
export const toLogin = (target: string): Reply => ({
	status: 302,
	text: '',
	headers: {
		location: `/accounts/login/?next=${encodeURIComponent(target).replaceAll('%2F', '/')}`,
	},
});

export const toLoginFor = (reason: string): Reply => ({
	status: 302,
	text: '',
	headers: { location: `/accounts/login/?${reason}` },
});

/** The answer to a write outside the API, which lacks a CSRF token. */
export const missingToken = (): Reply => ({
	status: 403,
	text: page(
		'403 Forbidden',
		'<h1>Forbidden <span>(403)</span></h1>\n<p>CSRF verification failed. Request aborted.</p>',
	),
});

export const badHost = (): Reply => ({
	status: 400,
	text: '\n<!doctype html>\n<html lang="en">\n<head>\n  <title>Bad Request (400)</title>\n</head>\n<body>\n  <h1>Bad Request (400)</h1><p></p>\n</body>\n</html>\n',
});
