export const mebibyte = 1024 ** 2;
export const gibibyte = 1024 ** 3;

export const asBytes = (count: number): string => {
	if (count >= 1e9) return `${(count / 1e9).toFixed(2)} GB`;
	if (count >= 1e6) return `${(count / 1e6).toFixed(2)} MB`;
	return `${(count / 1e3).toFixed(1)} kB`;
};

export const asMebibytes = (count: number): string => `${(count / mebibyte).toFixed(0)} MiB`;

export const asTime = (milliseconds: number): string =>
	milliseconds >= 1000
		? `${(milliseconds / 1000).toFixed(2)} s`
		: `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;

export const asRatio = (ratio: number): string => `${ratio.toFixed(2)} ×`;
