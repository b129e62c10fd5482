import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mailServer } from "../../jobs/digest/mail-server.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { guardsOff, newHarvest } from "../../support/harvest.ts";
import { addressOn, madeLetter, partnerOf, record, words, wrong } from "./answered-letters.ts";

const mailOf = (url: string) => ({
  MOISSON_SMTP_URL: url,
  MOISSON_DIGEST_FROM: "Service Exemple <service@exemple.fr>",
  MOISSON_DIGEST_TO: "equipe@exemple.fr",
});

describe("sending letters", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  const ready = async (environment: Readonly<Record<string, string>>, now?: Date) => {
    const harvest = await newHarvest(catalogue, { guards: guardsOff });
    await harvest.day(wrong);
    const publisherId = await partnerOf(catalogue, harvest);
    const given = { folders: [harvest.folder], services: { environment }, settings: { name: "Service Exemple" } };
    const console = testConsole(catalogue, { ...given, ...(now !== undefined && { now }) });
    return { harvest, publisherId, console, given, ...(await madeLetter(catalogue, console, harvest)) };
  };
  const fieldsOf = (html: string) => {
    const value = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1] ?? "";
    return {
      adresse: value("adresse"),
      envoyee: value("envoyee"),
      objet: value("objet"),
      message: (/<textarea[^>]*name="message"[^>]*>([^<]*)</.exec(html)?.[1] ?? "").replaceAll("&#39;", "'").replaceAll("&quot;", '"'),
      contacts: [...html.matchAll(/name="contacts"[^>]*value="([^"]*)"[^>]*checked/g)].map(([, id]) => id ?? ""),
    };
  };

  it("addresses the contacts who get letters, in the name of the service, with replies to the sender", async () => {
    const smtp = await mailServer();
    const { page, bizdev, path, letterId, publisherId, harvest, address, nobody } = await ready(mailOf(smtp.url()));
    expect(words(page.html)).toContain("Jeanne Reçoit, jeanne@region.example");
    expect(page.html).not.toContain("paul@region.example");
    const fields = fieldsOf(page.html);
    const done = await bizdev.act(`${path}/envoyer`, { ...fields, objet: "Vos aides", autre: "service.aides@region.example" });
    expect(words(done.html)).toContain("La lettre est envoyée à 2 adresses.");
    expect(words(done.html)).toContain("à : jeanne@region.example, service.aides@region.example.");
    const [mail, ...others] = smtp.mails;
    expect(others).toEqual([]);
    expect([mail?.to].flat().flatMap((to) => to?.value.map((one) => one.address))).toEqual([
      "jeanne@region.example",
      "service.aides@region.example",
    ]);
    expect(mail?.from?.value).toEqual([{ name: "Service Exemple", address: "service@exemple.fr" }]);
    expect(mail?.replyTo?.value).toEqual([{ name: "Marie Lettrée", address: `${bizdev.personId}@example.fr` }]);
    expect(mail?.subject).toBe("Vos aides");
    expect(mail?.text).toContain(`http://console.test${address}`);
    expect(mail?.headers.has("auto-submitted")).toBe(false);
    expect((await nobody.get(address)).status).toBe(200);

    const log = await catalogue.exchanges.list(publisherId);
    expect(log.map(({ kind, by }) => [kind, by])).toEqual([
      ["letter-sent", "Marie Lettrée"],
      ["letter-made", "Marie Lettrée"],
    ]);
    expect(log[0]?.details).toEqual({ connector: harvest.connector, letter: letterId, way: "mail", recipients: 2, isReminder: false });
    const audit = await catalogue.audit.list({ subject: `connecteur ${harvest.connector}` }, { limit: 20, offset: 0 });
    expect(audit[0]?.act).toBe("letter.send");
    expect(JSON.stringify([log, audit])).not.toContain("region.example");
    expect((await nobody.get(address)).html).not.toContain("jeanne@");
  });

  it("happens once if the form is sent twice", async () => {
    const smtp = await mailServer();
    const { page, bizdev, path } = await ready(mailOf(smtp.url()));
    const fields = fieldsOf(page.html);
    await Promise.all([1, 2].map(() => bizdev.post(`${path}/envoyer`, fields)));
    expect(smtp.mails).toHaveLength(1);
  });

  it("happens once from two open pages, and once if an address was refused", async () => {
    const smtp = await mailServer({ refuses: ["nobody@region.example"] });
    const { page, console, bizdev, path, publisherId } = await ready(mailOf(smtp.url()));
    const fields = { ...fieldsOf(page.html), autre: "nobody@region.example" };
    const paul = await console.as("bizdev", "Paul");
    const opened = fieldsOf((await paul.get(`${path}/envoyer`)).html);
    const [first, second] = await Promise.all([1, 2].map(() => bizdev.post(`${path}/envoyer`, fields)));
    expect([first?.to, second?.to]).toEqual([path, path]);
    const late = await paul.act(`${path}/envoyer`, { ...opened, contacts: fields.contacts });
    expect(words(late.html)).toContain("Cette lettre a été envoyée entre-temps par Marie Lettrée : votre message n'est pas parti.");
    expect(smtp.mails).toHaveLength(1);
    expect((await catalogue.exchanges.list(publisherId)).filter(({ kind }) => kind === "letter-sent")).toHaveLength(1);
    const again = fieldsOf((await paul.get(`${path}/envoyer`)).html);
    await paul.post(`${path}/envoyer`, { ...again, contacts: fields.contacts });
    expect(smtp.mails).toHaveLength(2);
  });

  it("creates a new address if the current one is not known any more", async () => {
    const smtp = await mailServer();
    const { bizdev, path, address, nobody } = await ready(mailOf(smtp.url()));
    const form = await bizdev.get(`${path}/envoyer`);
    expect(words(form.html)).toContain("Celle d'avant ne mènera plus à rien");
    await bizdev.post(`${path}/envoyer`, fieldsOf(form.html));
    const link = addressOn(smtp.mails[0]?.text ?? "");
    expect(link).not.toBe(address);
    expect((await nobody.get(link)).status).toBe(200);
    expect((await nobody.get(address)).status).toBe(404);
  });

  it("reports an unavailable server, stores nothing as sent, and keeps the address", async () => {
    const { bizdev, path, letterId, address, nobody, publisherId } = await ready(mailOf("smtp://127.0.0.1:1"));
    const form = await bizdev.get(`${path}/envoyer`);
    const answer = await bizdev.post(`${path}/envoyer`, { ...fieldsOf(form.html), objet: "Mon objet" });
    expect(answer.status).toBe(503);
    expect(words(answer.html)).toContain("Le message n'est pas parti : le serveur n'a pas pu être joint. Rien n'est noté comme envoyé.");
    expect(answer.html).toContain('value="Mon objet"');
    expect((await catalogue.letters.find(letterId))?.sentAt).toBeNull();
    expect((await catalogue.exchanges.list(publisherId)).map(({ kind }) => kind)).toEqual(["letter-made"]);
    expect((await nobody.get(address)).status).toBe(200);
  });

  it("is uncertain if the server never confirmed the mail, until somebody decides", async () => {
    const smtp = await mailServer({ diesWithMail: true });
    const { harvest, given, bizdev, path, letterId, address, nobody, publisherId } = await ready(mailOf(smtp.url()));
    const sent = await bizdev.act(`${path}/envoyer`, fieldsOf((await bizdev.get(`${path}/envoyer`)).html));
    expect(words(sent.html)).toContain("on ne sait pas s'il est parti");
    expect(smtp.mails).toHaveLength(1);
    // If the mail arrived, its address must work.
    expect((await nobody.get(addressOn(smtp.mails[0]?.text ?? ""))).status).toBe(200);
    expect((await nobody.get(address)).status).toBe(404);
    const log = async () => (await catalogue.exchanges.list(publisherId)).map(({ kind }) => kind);
    expect(await log()).toEqual(["letter-made"]);

    const later = testConsole(catalogue, { ...given, now: new Date("2026-12-10T09:00:00Z") });
    const paule = await later.as("bizdev", "Paule");
    const page = words((await paule.get(path)).html);
    expect(page).toContain("Envoi incertain");
    expect(page).toContain("par Marie Lettrée, à : jeanne@region.example.");
    expect(words((await paule.get("/courriers")).html)).toContain("envoi incertain");
    expect(words((await paule.get(`${path}/envoyer`)).html)).toContain("demandez-le au destinataire avant d'envoyer à nouveau");
    const known = words((await paule.act(`${path}/arrivee`)).html);
    expect(known).toContain("Envoyée le 25 novembre 2026");
    expect(known).not.toContain("incertain");
    await paule.post(`${path}/arrivee`);
    expect(await log()).toEqual(["letter-sent", "letter-made"]);
    expect(await catalogue.letters.find(letterId)).toMatchObject({ sentTo: "jeanne@region.example", isUncertain: false });
    expect((await catalogue.audit.list({ act: "letter.arrived" }, { limit: 1, offset: 0 }))[0]?.subject).toBe(
      `connecteur ${harvest.connector}`,
    );
  });

  it("can be repeated if the mail did not arrive", async () => {
    const dying = await mailServer({ diesWithMail: true });
    const { given, bizdev, path, letterId } = await ready(mailOf(dying.url()));
    await bizdev.post(`${path}/envoyer`, fieldsOf((await bizdev.get(`${path}/envoyer`)).html));
    const smtp = await mailServer();
    const later = testConsole(catalogue, {
      ...given,
      services: { environment: mailOf(smtp.url()) },
      now: new Date("2026-12-10T09:00:00Z"),
    });
    const paule = await later.as("bizdev", "Paule");
    await paule.post(`${path}/envoyer`, fieldsOf((await paule.get(`${path}/envoyer`)).html));
    expect(smtp.mails.map(({ subject }) => subject)).toEqual([dying.mails[0]?.subject]);
    expect(await catalogue.letters.find(letterId)).toMatchObject({ sentBy: "Paule", isUncertain: false });
  });

  it("does not list refused addresses as recipients", async () => {
    const smtp = await mailServer({ refuses: ["jeanne@region.example"] });
    const { page, bizdev, path, letterId } = await ready(mailOf(smtp.url()));
    const done = await bizdev.act(`${path}/envoyer`, { ...fieldsOf(page.html), autre: "autre@region.example" });
    expect(words(done.html)).toContain("Le serveur a refusé 1 autre adresse");
    expect((await catalogue.letters.find(letterId))?.sentTo).toBe("autre@region.example");
  });

  it("refuses line breaks in subject and addresses, address lists, and a message without the letter's address", async () => {
    const smtp = await mailServer();
    const { page, bizdev, path, letterId } = await ready(mailOf(smtp.url()));
    const fields = fieldsOf(page.html);
    for (const [wrongs, problem] of [
      [{ objet: "Vos aides\r\nBcc: tous@exemple.fr" }, "L'objet tient sur une ligne"],
      [{ autre: "a@exemple.fr\r\nBcc: tous@exemple.fr" }, "une seule adresse"],
      [{ autre: "a@exemple.fr, b@exemple.fr" }, "une seule adresse"],
      [{ autre: "Marie <a@exemple.fr>" }, "une seule adresse"],
      [{ contacts: [] }, "Choisissez un contact"],
      [{ objet: "" }, "Donnez un objet"],
      [{ message: "Bonjour" }, "doit contenir l'adresse de la lettre"],
    ] as const) {
      const answer = await bizdev.post(`${path}/envoyer`, { ...fields, ...wrongs });
      expect(answer.status, problem).toBe(422);
      expect(words(answer.html)).toContain(problem);
    }
    expect(smtp.mails).toEqual([]);
    expect((await catalogue.letters.find(letterId))?.sentAt).toBeNull();
  });

  it("is not offered without a server, and is noted by hand then, once", async () => {
    const { page, bizdev, path, publisherId } = await ready({});
    expect(words(page.html)).toContain("copiez l'objet et le message");
    expect(page.html).not.toContain(`${path}/envoyer"`);
    expect((await bizdev.get(`${path}/envoyer`)).status).toBe(409);
    expect(words((await bizdev.get(path)).html)).toContain("L'envoi de messages n'est pas réglé ici");
    await Promise.all([1, 2].map(() => bizdev.post(`${path}/envoyee`)));
    expect(words((await bizdev.get(path)).html)).toContain("par Marie Lettrée, depuis sa messagerie.");
    const kinds = (await catalogue.exchanges.list(publisherId)).map(({ kind, details }) => [kind, details.way]);
    expect(kinds).toEqual([
      ["letter-sent", "by-hand"],
      ["letter-made", undefined],
    ]);
  });

  it("is refused for a revoked address", async () => {
    const smtp = await mailServer();
    const { page, bizdev, path } = await ready(mailOf(smtp.url()));
    await bizdev.post(`${path}/revoquer`);
    expect((await bizdev.post(`${path}/envoyer`, fieldsOf(page.html))).status).toBe(409);
    expect((await bizdev.post(`${path}/envoyee`)).status).toBe(409);
    expect(smtp.mails).toEqual([]);
  });

  it("offers a reminder if nothing has changed since the last letter, otherwise a new letter", async () => {
    const smtp = await mailServer();
    const { harvest, given, page, bizdev, path } = await ready(mailOf(smtp.url()));
    await bizdev.post(`${path}/envoyer`, fieldsOf(page.html));
    const letters = `/connecteurs/${harvest.connector}/courriers`;
    const later = testConsole(catalogue, { ...given, now: new Date("2026-12-10T09:00:00Z") });
    const bizdevLater = await later.as("bizdev", "Paule");
    const same = await bizdevLater.post(letters);
    expect(words(same.html)).toContain("Rien n'a changé depuis la lettre du 25 novembre 2026");
    expect(await catalogue.letters.list(harvest.connector)).toHaveLength(1);
    const form = await bizdevLater.get(/href="([^"]*\/envoyer)"/.exec(same.html)?.[1] ?? "no link");
    expect(words(form.html)).toContain("Envoyer un rappel");
    await bizdevLater.post(`${path}/envoyer`, fieldsOf(form.html));
    expect(words(smtp.mails[1]?.subject ?? "")).toBe("Rappel : vos données d'aides, lues le 25 novembre 2026");
    expect(words(smtp.mails[1]?.text ?? "")).toContain("Nous vous avons écrit le 25 novembre 2026");

    const clock = { now: () => new Date("2026-12-11T03:00:00Z"), fixed: null, elapsed: () => performance.now() };
    await harvest.day([...wrong, record(9, { fin: "un de ces jours" })], {}, { clock });
    expect(words((await bizdevLater.post(letters)).html)).toContain("La lettre est prête");
  });
});
