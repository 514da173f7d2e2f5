/** Whether jest was asked to write what it sees, with `-u`. */
export const isUpdate = (): boolean =>
	(expect.getState() as { snapshotState?: { _updateSnapshot?: string } }).snapshotState
		?._updateSnapshot === 'all';
