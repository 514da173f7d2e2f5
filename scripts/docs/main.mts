import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import { say } from '../support/progress.mjs';
import { root } from '../n8n/paths.mts';
import { messagesHeading, messagesReference } from './messages.mts';
import { operationsReference } from './operations.mts';

/** The built package, since its sources are written for a compiler and not for Node.js. */
const built = createRequire(path.join(root, 'dist', 'package.json'));
const { resources } = built(
	'./nodes/PaperlessNgx/resources/index.js',
) as typeof import('../../nodes/PaperlessNgx/resources');
const { triggerParameters } = built(
	'./nodes/PaperlessNgxTrigger/triggerParameters.js',
) as typeof import('../../nodes/PaperlessNgxTrigger/triggerParameters');
const { webhookTriggerParameters } = built(
	'./nodes/PaperlessNgxWebhookTrigger/webhookTriggerParameters.js',
) as typeof import('../../nodes/PaperlessNgxWebhookTrigger/webhookTriggerParameters');
const { Server } = built('./nodes/api/server.js') as typeof import('../../nodes/api/server');

const file = path.join('docs', 'operations.md');
writeFileSync(
	path.join(root, file),
	operationsReference(resources, triggerParameters, webhookTriggerParameters, Server),
);
say(`Written: ${file}`);

const troubleshooting = path.join('docs', 'troubleshooting.md');
const [situations = ''] = readFileSync(path.join(root, troubleshooting), 'utf8').split(
	messagesHeading,
);
writeFileSync(path.join(root, troubleshooting), situations + messagesReference(root));
say(`Written: ${troubleshooting}`);
