// Loaded into n8n before anything else: an n8n whose starter was killed would run on unseen.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
