/** Texts that a server may hold and that must harm nobody who reads them. */
export const hostileNames = [
	'={{ $env.HOME }}',
	'{{ constructor.constructor("return process")() }}',
	'__proto__',
	'constructor',
	'<img src=x onerror=alert(1)>',
	'../../etc/passwd',
	'“quoted” and "quoted"',
	'a, b › c / d',
	'‮reversed',
	'%00%0a',
	'🗂'.repeat(60),
	'<'.repeat(120),
] as const;
