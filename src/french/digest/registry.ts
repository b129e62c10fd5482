import type { FileProblem, GoneConnector, LeftBehind, RefusedFile, WithoutAddress } from "../../model/run/digest.ts";
import { frenchDayOf } from "../dates.ts";
import { definitionProblem } from "../pattern-faults.ts";
import { counted, french } from "../typography.ts";
import { type DigestLine, type DigestSection, section, sectionInOne, step, whoIs } from "./lines.ts";

const problemsShown = 5;
const check = "moisson connectors check";

/** Returns the section of refused files, which do not run until somebody corrects them. */
export function refusedSection(files: readonly RefusedFile[]): DigestSection[] {
  return section("Connecteurs refusés", files.map(refusedLine), step("Les voir tous", check));
}

/** Returns the section of connectors whose file is gone. */
export function goneSection(gone: readonly GoneConnector[]): DigestSection[] {
  return section("Connecteurs disparus", gone.map(goneLine), step("Voir ceux qui restent", "moisson connectors"));
}

/** Returns the section of connectors without an address, in one line: a line for each would hide the rest. */
export function withoutAddressSection(connectors: readonly WithoutAddress[]): DigestSection[] {
  return sectionInOne(
    "Sans adresse",
    connectors.map(({ variable, ...of }) => french`${whoIs(of)} : ${variable}`),
    {
      who: "Actifs, mais jamais collectés",
      what: [french`L'adresse de leur flux manque ; elle se met dans ces réglages :`],
      next: [step("Demander l’adresse au producteur, la mettre dans le réglage, puis lancer", "moisson run <connecteur>")],
    },
  );
}

function refusedLine({ file, connector, version, isRun, problems, ...left }: RefusedFile): DigestLine {
  const more = problems.length - problemsShown;
  return {
    who: version === undefined ? file : french`${connector ?? ""}, version ${version}`,
    what: [
      refusedConsequence(connector, isRun, left),
      ...problems.slice(0, problemsShown).map(problemSentence),
      ...(more > 0 ? [french`… et ${counted(more, "autre erreur", "autres erreurs")}.`] : []),
    ],
    next: [
      version === undefined
        ? step("Corriger le fichier, puis vérifier", check)
        : step(french`Reprendre une version d'avant, ou la corriger, sur la page des versions du connecteur, dans la console`),
    ],
  };
}

/** Returns the consequence of a refused file. */
export function refusedConsequence(connector: string | null, isRun: boolean, left: LeftBehind): string {
  if (connector === null) return french`Fichier commun à tous les connecteurs : aucun n'est plus collecté.`;
  if (isRun) return french`Ce fichier n'est pas lu ; le connecteur du même nom est collecté.`;
  if (left.appliedAt === null) return french`Ce connecteur n'est pas collecté, et ne l'a encore jamais été.`;
  return french`Ce connecteur n'est plus collecté. ${leftSentence(left)}`;
}

function goneLine({ appliedAt, liveAids, ...of }: GoneConnector): DigestLine {
  return {
    who: whoIs(of),
    what: [french`Son fichier n'existe plus : il n'est plus collecté. ${leftSentence({ appliedAt, liveAids })}`],
    next: [
      step(french`Remettre connectors/${of.connector}.ts, puis vérifier`, check),
      step('Si le producteur s’est retiré, remettre le fichier avec state: "retired"'),
    ],
  };
}

/** Returns the state of the connector's aids. */
export function leftSentence({ appliedAt, liveAids }: LeftBehind): string {
  if (appliedAt === null) return "";
  const aids = liveAids === 0 ? "" : french` ; ${counted(liveAids, "aide")} en ligne ou à relire, que rien ne met plus à jour`;
  return french`Dernière collecte appliquée le ${frenchDayOf(appliedAt)}${aids}.`;
}

/** Returns a problem of a file. Its message is the registry's, in English, because it names keys and values of the file. */
export function problemSentence({ line, key, message, didYouMean }: FileProblem): string {
  const place = line !== null ? french`Ligne ${String(line)} : ` : key !== null ? french`Clé ${key} : ` : "";
  const meant = didYouMean === null ? "" : french` ; sans doute ${didYouMean}`;
  return french`${place}${definitionProblem(message)}${meant}.`;
}
