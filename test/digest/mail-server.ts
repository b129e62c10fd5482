import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { onTestFinished } from "vitest";

/** An SMTP server on 127.0.0.1 that takes mail of one user. */
export interface MailServer {
  readonly port: number;
  /** `smtp://user:password@127.0.0.1:port`, with its own password or another one. */
  url(password?: string): string;
  readonly mails: readonly ParsedMail[];
}

/** Its user's password: characters that an address must not hold as they are, so that whoever reads it wrongly is found out. */
export const mailPassword = "s3cret@/:é";

/** Starts one for the length of a test. `refuses`: recipients that it does not take; `isSilent`: it never says a word. */
export async function mailServer(options: { readonly refuses?: readonly string[]; readonly isSilent?: true } = {}): Promise<MailServer> {
  const mails: ParsedMail[] = [];
  const server = new SMTPServer({
    allowInsecureAuth: true,
    closeTimeout: 50,
    disabledCommands: ["STARTTLS"],
    onConnect: (_, go) => {
      if (!options.isSilent) go();
    },
    onAuth: ({ username, password }, _, done) => {
      if (username === "digest" && password === mailPassword) done(null, { user: username });
      else done(new Error(`no entry for ${username} with ${password}`));
    },
    onRcptTo: ({ address }, _, done) => done(options.refuses?.includes(address) ? new Error("no such mailbox") : null),
    onData: (stream, _, done) => {
      simpleParser(stream).then((mail) => {
        mails.push(mail);
        done();
      }, done);
    },
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => new Promise<void>((closed) => server.close(() => closed())));
  const { port } = server.server.address() as AddressInfo;
  return { port, mails, url: (password = mailPassword) => `smtp://digest:${encodeURIComponent(password)}@127.0.0.1:${port}` };
}
