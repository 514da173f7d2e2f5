// n8n-core reads these when it is loaded, so they are set before any test file is.
const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

process.env.N8N_USER_FOLDER ??= mkdtempSync(join(tmpdir(), 'paperless-engine-'));
process.env.N8N_ENCRYPTION_KEY ??= 'engine tests';
process.env.N8N_DEFAULT_BINARY_DATA_MODE ??= 'filesystem';
process.env.N8N_LOG_LEVEL ??= 'silent';
require('reflect-metadata');
