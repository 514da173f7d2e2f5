import { isThere, StartCommand } from './support/commands.mts';
import { World } from './support/world.mts';

describe('npm start', () => {
	it('prints where to go, and ends all it started when it is asked to', async () => {
		const command = new StartCommand([]);
		await command.says(/Ctrl-C ends it/);
		const n8n = await command.says(/n8n\s+(http:\S+)/);
		const paperless = await command.says(/Paperless-ngx\s+(http:\S+)/);
		const workflow = await command.says(/Workflow\s+(http:\S+)/);

		const before = [await isThere(n8n), await isThere(paperless), await isThere(workflow)];
		const code = await command.end('SIGTERM');
		const after = [await isThere(n8n), await isThere(paperless)];

		expect(command.output).toContain('Connected to Paperless-ngx');
		expect(before).toEqual([true, true, true]);
		expect(code).toBe(0);
		expect(after).toEqual([false, false]);
	});

	it('takes another port when the usual one is taken, and says so', async () => {
		const first = new StartCommand([]);
		await first.says(/Ctrl-C ends it/);

		const second = new StartCommand([]);
		await second.says(/Start the sandbox Paperless-ngx/);
		const said = second.output;
		await second.end('SIGTERM');
		await first.end('SIGTERM');

		expect(said).toMatch(/Port 5678 is taken, so n8n gets \d+\./);
	});
});

describe('npm start -- --once', () => {
	it('runs the example workflow, prints what each node did, and exits 0', async () => {
		const command = new StartCommand(['--once']);

		expect(await command.end()).toBe(0);
		expect(command.output).toMatch(/✓ Upload and Wait .*"created"/);
		expect(command.output).toMatch(/✓ Same Bytes\?/);
		expect(command.output).toMatch(/✓ Delete .*"deleted":true/);
	});

	it('names the node that failed and why, and exits 1', async () => {
		const world = await World.open();
		const command = new StartCommand(['--once'], {
			PAPERLESS_URL: world.shared.paperless.url,
			PAPERLESS_TOKEN: 'f'.repeat(40),
		});

		expect(await command.end()).toBe(1);
		expect(command.output).toMatch(/Upload and Wait: .*does not accept the token/);
	});
});
