import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { discardPackage, packPackage } from '../n8n/package.mts';
import { root } from '../n8n/paths.mts';

interface Verdict {
	passed: boolean;
	message?: string;
	details?: string;
}

/** What n8n's scanner exports. By itself it scans only what npm already has. */
interface Scanner {
	SOURCE_FILE_PATTERNS: string[];
	analyzePackage(folder: string, patterns: string[]): Promise<Verdict>;
}

const scannerFile = createRequire(import.meta.url).resolve(
	'@n8n/scan-community-package/scanner/scanner.mjs',
);
const scanner = (await import(pathToFileURL(scannerFile).href)) as Scanner;

const packed = await packPackage();
const folder = await mkdtemp(path.join(tmpdir(), 'scanned-'));
try {
	execFileSync('tar', ['-xzf', packed.tarball, '-C', folder, '--strip-components=1']);
	report('sources', await scanner.analyzePackage(root, scanner.SOURCE_FILE_PATTERNS));
	report('packed files', await scanner.analyzePackage(folder, ['**/*.js', 'package.json']));
} finally {
	await rm(folder, { recursive: true });
	await discardPackage(packed);
}

function report(what: string, { passed, message, details }: Verdict): void {
	console.log(`${passed ? '✓' : '✗'} The ${what} ${passed ? 'pass' : 'do not pass'} n8n’s scanner`);
	if (passed) return;
	console.log([message, details].filter(Boolean).join('\n'));
	process.exitCode = 1;
}
