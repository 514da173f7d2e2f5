require('./engineEnvironment.cjs');
const { PackageDirectoryLoader } = require('n8n-core');

async function main() {
	const loader = new PackageDirectoryLoader(process.argv[2]);
	await loader.loadAll();
	const nodes = Object.values(loader.nodeTypes).map(({ type }) => type.description);
	const loaded = {
		nodes: nodes.map(({ name }) => name),
		versions: nodes.map(({ version }) => version),
		credentials: Object.values(loader.credentialTypes).map(({ type }) => type.name),
	};
	process.stdout.write(JSON.stringify(loaded), () => process.exit(0));
}

void main();
