/** The servers whose replies are recorded. */
export type RecordedName = '2.15.3' | '2.20.15' | '3.0.5';

/** The others stand for servers that are newer than any known one; 4.0.0 has dropped API 10. */
export type ProfileName = RecordedName | '3.9.0' | '4.0.0';

/** The differences between the servers, named after what a client can observe. */
export interface Profile {
	readonly name: ProfileName;
	/** Whose base state and search engine it has. */
	readonly recording: RecordedName;
	readonly apiVersions: readonly number[];
	/** Lower ids belong to the accounts `consumer` and `AnonymousUser`, which lists do not show. */
	readonly firstUserId: number;
	readonly checksum: 'md5' | 'sha256';
	readonly createdIsDate: boolean;
	readonly nestedTags: boolean;
	readonly editsPdf: boolean;
	readonly longTextFields: boolean;
	readonly pdfAlwaysArchived: boolean;
	readonly duplicatesRefused: boolean;
	readonly uploadTakesFieldValues: boolean;
	readonly copiesFieldValues: boolean;
	readonly jinjaTitles: boolean;
	readonly uploadNeedsPermission: boolean;
	readonly documentVersions: boolean;
	/** Asks clients without credentials for a token, so browsers do not show a dialog. */
	readonly tokenChallenge: boolean;
	readonly tokenThrottled: boolean;
	readonly tasksPaged: boolean;
	readonly acknowledgingNeeds: 'add_paperlesstask' | 'change_paperlesstask';
	readonly correctsQueries: boolean;
	readonly ordersByStoragePath: boolean;
	readonly strictFlags: boolean;
	readonly strictCustomFields: boolean;
	readonly ownerGuarded: boolean;
	readonly notesGuarded: boolean;
	readonly savedViewsShared: boolean;
	/** What is known of 3.1 to 3.3. */
	readonly like33: boolean;
	/** Answers with keys, types and nulls that no known server has. */
	readonly strange: boolean;
}

const recorded: Record<RecordedName, Profile> = {
	'2.15.3': {
		name: '2.15.3',
		recording: '2.15.3',
		apiVersions: [1, 2, 3, 4, 5, 6, 7, 8],
		firstUserId: 3,
		checksum: 'md5',
		createdIsDate: false,
		nestedTags: false,
		editsPdf: false,
		longTextFields: false,
		pdfAlwaysArchived: true,
		duplicatesRefused: true,
		uploadTakesFieldValues: false,
		copiesFieldValues: false,
		jinjaTitles: false,
		uploadNeedsPermission: false,
		documentVersions: false,
		tokenChallenge: false,
		tokenThrottled: false,
		tasksPaged: false,
		acknowledgingNeeds: 'add_paperlesstask',
		correctsQueries: false,
		ordersByStoragePath: false,
		strictFlags: false,
		strictCustomFields: false,
		ownerGuarded: false,
		notesGuarded: false,
		savedViewsShared: false,
		like33: false,
		strange: false,
	},
	'2.20.15': {
		name: '2.20.15',
		recording: '2.20.15',
		apiVersions: [1, 2, 3, 4, 5, 6, 7, 8, 9],
		firstUserId: 3,
		checksum: 'md5',
		createdIsDate: true,
		nestedTags: true,
		editsPdf: true,
		longTextFields: true,
		pdfAlwaysArchived: true,
		duplicatesRefused: true,
		uploadTakesFieldValues: true,
		copiesFieldValues: true,
		jinjaTitles: true,
		uploadNeedsPermission: true,
		documentVersions: false,
		tokenChallenge: true,
		tokenThrottled: false,
		tasksPaged: false,
		acknowledgingNeeds: 'change_paperlesstask',
		correctsQueries: true,
		ordersByStoragePath: true,
		strictFlags: true,
		strictCustomFields: true,
		ownerGuarded: true,
		notesGuarded: true,
		savedViewsShared: false,
		like33: false,
		strange: false,
	},
	'3.0.5': {
		name: '3.0.5',
		recording: '3.0.5',
		apiVersions: [9, 10],
		firstUserId: 2,
		checksum: 'sha256',
		createdIsDate: true,
		nestedTags: true,
		editsPdf: true,
		longTextFields: true,
		pdfAlwaysArchived: false,
		duplicatesRefused: false,
		uploadTakesFieldValues: true,
		copiesFieldValues: true,
		jinjaTitles: true,
		uploadNeedsPermission: true,
		documentVersions: true,
		tokenChallenge: true,
		tokenThrottled: true,
		tasksPaged: true,
		acknowledgingNeeds: 'change_paperlesstask',
		correctsQueries: true,
		ordersByStoragePath: true,
		strictFlags: true,
		strictCustomFields: true,
		ownerGuarded: true,
		notesGuarded: true,
		savedViewsShared: true,
		like33: false,
		strange: false,
	},
};

export const recordedNames = Object.keys(recorded) as RecordedName[];

const newer = { ...recorded['3.0.5'], like33: true, strange: true };

export const profiles: Record<ProfileName, Profile> = {
	...recorded,
	'3.9.0': { ...newer, name: '3.9.0', apiVersions: [10, 11] },
	'4.0.0': { ...newer, name: '4.0.0', apiVersions: [11] },
};

export const isProfileName = (name: string): name is ProfileName => name in profiles;
