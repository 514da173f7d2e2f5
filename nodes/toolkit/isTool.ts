import type { INode } from 'n8n-workflow';

/** True where n8n offers the node to an AI agent. */
export const isTool = ({ type }: INode): boolean => type.endsWith('Tool');
