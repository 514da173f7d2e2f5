import type { Resource } from '../../toolkit/operation';
import { document } from './document';

export const resources: readonly Resource[] = [document];
