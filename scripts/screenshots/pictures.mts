/** A picture in docs/images: an example in n8n’s editor, and in it the canvas or the panel of a node. */
export interface Picture {
	file: string;
	example: string;
	/** Whether the example is run first, on the documents of the sandbox. */
	run: boolean;
	/** The node whose panel is shown. */
	node?: string;
	/** The button to press in the panel. */
	press?: string;
	/** The size of the window, where the usual one makes the file too large. */
	size?: { width: number; height: number };
	/** What is to be seen before the picture is taken. */
	waitFor?: string[];
}

export const pictures: readonly Picture[] = [
	{
		file: 'node-panel.png',
		example: 'open-invoices.json',
		run: true,
		node: 'Open Invoices',
		waitFor: ['2 items'],
	},
	{ file: 'workflow-after-a-run.png', example: 'main-job.json', run: true },
	{
		file: 'upload-result.png',
		example: 'file-attachments.json',
		run: true,
		node: 'Upload',
		waitFor: ['1 item'],
	},
	{ file: 'agent.png', example: 'ask-the-archive.json', run: false },
	{
		file: 'health-report.png',
		example: 'archive-health.json',
		run: true,
		node: 'Report',
		size: { width: 1200, height: 640 },
	},
	{
		file: 'trigger-panel.png',
		example: 'log-what-happens.json',
		run: false,
		node: 'Document Event',
		press: 'Fetch Test Event',
		waitFor: ['event_id'],
	},
];
