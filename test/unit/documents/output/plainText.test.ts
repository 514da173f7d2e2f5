import { plainText } from '../../../../nodes/documents/output/plainText';

describe('The text of search highlights', () => {
	it.each([
		['<span class="match">Gas</span> for May', 'Gas for May'],
		['5 &lt; 6 &amp;&amp; &quot;x&quot; &#x27;y&#39;', '5 < 6 && "x" \'y\''],
		['&amp;lt; stays as written', '&lt; stays as written'],
		['no markup', 'no markup'],
	])('of %j is %j', (html, text) => {
		expect(plainText(html)).toBe(text);
	});
});
