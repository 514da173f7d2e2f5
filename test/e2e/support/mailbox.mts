import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

const answers: Record<string, string> = {
	EHLO: '250 Hello',
	HELO: '250 Hello',
	MAIL: '250 OK',
	RCPT: '250 OK',
	DATA: '354 Go on',
	QUIT: '221 Bye',
};

/** A mail server that takes everything and keeps it. */
export class Mailbox {
	readonly mails: string[] = [];
	private readonly server: Server;

	private constructor() {
		this.server = createServer((socket) => this.serve(socket));
	}

	static async open(): Promise<Mailbox> {
		const mailbox = new Mailbox();
		mailbox.server.listen(0, '127.0.0.1');
		await once(mailbox.server, 'listening');
		return mailbox;
	}

	/** What n8n's SMTP credential is filled in with. */
	get account(): Record<string, unknown> {
		const { port } = this.server.address() as AddressInfo;
		return { host: '127.0.0.1', port, secure: false, disableStartTls: true };
	}

	close(): void {
		this.server.close();
	}

	private serve(socket: Socket): void {
		let received = '';
		let inMail = false;
		socket.write('220 Mailbox\r\n');
		socket.on('data', (chunk) => {
			received += chunk.toString('latin1');
			for (;;) {
				const end = inMail ? '\r\n.\r\n' : '\r\n';
				const at = received.indexOf(end);
				if (at < 0) return;
				const text = received.slice(0, at);
				received = received.slice(at + end.length);
				if (inMail) this.mails.push(text);
				inMail = !inMail && text.startsWith('DATA');
				socket.write(`${inMail ? answers['DATA'] : (answers[text.slice(0, 4)] ?? '250 OK')}\r\n`);
			}
		});
	}
}
