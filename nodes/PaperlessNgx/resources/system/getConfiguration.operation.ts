import { reading } from './reading';

export const getConfiguration = reading(
	{
		value: 'getConfiguration',
		name: 'Get Configuration',
		action: 'Get configuration',
		description:
			'Retrieve the settings for OCR, barcodes and more; null means the server’s default',
	},
	({ api }) => api.system.configuration(),
);
