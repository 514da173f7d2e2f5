import type { Matcher } from './match.mts';
import { type Parsed, parseWhoosh, type Spot } from './whoosh.mts';

/** Whether two words differ by at most two changed, added or missing letters. */
function alike(one: string, other: string): boolean {
	if (Math.abs(one.length - other.length) > 2) return false;
	let row = Array.from({ length: other.length + 1 }, (_, at) => at);
	for (let at = 1; at <= one.length; at++) {
		const next = [at];
		for (let place = 1; place <= other.length; place++) {
			const changed = row[place - 1]! + (one[at - 1] === other[place - 1] ? 0 : 1);
			next.push(Math.min(changed, row[place]! + 1, next[place - 1]! + 1));
		}
		if (Math.min(...next) > 2) return false;
		row = next;
	}
	return row[other.length]! <= 2;
}

/**
 * The spell checker of 2.x. It checks every field separately, so it "corrects" a word that occurs
 * in the content because the title lacks it. It prefers frequent words to similar ones. Clients see
 * these guesses, so the sandbox makes the same guesses.
 */
export class Speller {
	private readonly counts = new Map<string, Uint32Array>();
	private readonly matcher: Matcher;

	constructor(matcher: Matcher) {
		this.matcher = matcher;
	}

	/** Whether the real spell checker raises an exception. 2.15 then answers 400. */
	fails({ broken, failing }: Parsed): boolean {
		return broken || failing.some((spot) => this.suggestion(spot) !== null);
	}

	correct(query: string, parsed: Parsed, now: number): string | null {
		const replaced = new Map<string, string>();
		let corrected = '';
		let done = 0;
		for (const spot of parsed.spots) {
			const suggestion = this.suggestion(spot);
			if (suggestion === null) continue;
			replaced.set(`${spot.field}:${spot.text}`, suggestion);
			if (spot.start < done) continue;
			corrected += query.slice(done, spot.start) + suggestion;
			done = spot.end;
		}
		if (replaced.size === 0) return null;
		const again = parseWhoosh(query, this.matcher, now, replaced);
		const found = this.matcher.evaluate(again.query).some((score) => score >= 0);
		return found ? corrected + query.slice(done) : null;
	}

	private suggestion({ field, text }: Spot): string | null {
		const { vocabulary } = this.matcher.tokens;
		let counts = this.counts.get(field);
		if (counts === undefined) this.counts.set(field, (counts = this.matcher.frequencies(field)));
		const frequency = (number: number) => counts[number] ?? 0;
		if (frequency(vocabulary.add(text)) > 0) return null;
		const near = vocabulary.matching((word, number) => frequency(number) > 0 && alike(text, word));
		const order = Array.from(near, (number) => ({
			word: vocabulary.words[number]!,
			count: frequency(number),
		})).sort((a, b) => b.count - a.count || (a.word < b.word ? 1 : -1));
		// The five best words remain. Among equals the alphabetically last ones win.
		const best = order.slice(0, 5);
		return (
			best
				.filter(({ count }) => count === best[0]!.count)
				.map(({ word }) => word)
				.sort()[0] ?? null
		);
	}
}
