import type { MachineCause } from "../model/run/machine-cause.ts";
import { databasePlace, type MachineFault } from "../model/run/machine-fault.ts";
import { parisDay } from "../model/text/paris-day.ts";
import { hourOf, momentOf } from "./moments.ts";
import { counted, french, sentence } from "./typography.ts";

/** What a machine lacks, now and in the past, and what to do. */
interface CauseWords {
  readonly now: string;
  readonly past: string;
  readonly toDo: string;
}

const causes: Readonly<Record<MachineCause, CauseWords>> = {
  "disk-full": {
    now: "la base n’a plus de place",
    past: "la base n’avait plus de place",
    toDo: "Libérez de la place sur le disque de PostgreSQL, ou agrandissez-le.",
  },
  "temporary-disk-full": {
    now: "le dossier temporaire est plein",
    past: "le dossier temporaire était plein",
    toDo: "Libérez de la place dans le dossier temporaire (TMPDIR) de cette machine.",
  },
  "no-free-connection": {
    now: "la base n’a plus de connexion libre",
    past: "la base n’avait plus de connexion libre",
    toDo: "Augmentez max_connections de PostgreSQL, ou arrêtez ce qui occupe ses connexions.",
  },
  "database-away": {
    now: "la base ne répond pas",
    past: "la base ne répondait pas",
    toDo: "Vérifiez que PostgreSQL est démarré, et que le réseau y mène.",
  },
  "lock-timeout": {
    now: "la base est bloquée par un verrou",
    past: "la base était bloquée par un verrou",
    toDo: "Cherchez dans pg_stat_activity la session qui tient le verrou.",
  },
  "statement-timeout": {
    now: "la base est trop lente",
    past: "la base était trop lente",
    toDo: "Regardez la charge du serveur de PostgreSQL.",
  },
  "transaction-timeout": {
    now: "la machine est trop lente pour ses transactions",
    past: "la machine était trop lente pour ses transactions",
    toDo: "Regardez la charge de cette machine.",
  },
  conflict: {
    now: "des transactions de la base se gênent",
    past: "des transactions de la base se gênaient",
    toDo: "Rien, si cela cesse ; sinon, regardez les sessions de PostgreSQL.",
  },
  "memory-short": {
    now: "la mémoire manque",
    past: "la mémoire manquait",
    toDo: "Arrêtez ce qui occupe la mémoire de cette machine, ou donnez-en plus au service (MemoryMax).",
  },
  "schema-unknown": {
    now: "la base est d’une autre version que l’exécuteur",
    past: "la base était d’une autre version qu’un exécuteur",
    toDo: "Démarrez la version qui a migré la base, ou migrez-la avec « moisson db migrate ».",
  },
  "system-error": {
    now: "le disque ou le système est en panne",
    past: "le disque ou le système était en panne",
    toDo: "Lisez le journal du système de cette machine.",
  },
  "worker-lost": {
    now: "un exécuteur a disparu",
    past: "un exécuteur avait disparu",
    toDo: "Lisez le journal du système : la mémoire a pu manquer.",
  },
};

/** Returns what a worker lacks: `la base n’a plus de place`. */
export function sicknessWords(cause: MachineCause): string {
  return causes[cause].now;
}

/** Returns what to do about a fault, in one sentence. */
export function whatToDo(cause: MachineCause): string {
  return causes[cause].toDo;
}

/** Returns when a fault was, and what it did: `La base n’avait plus de place de 1 h 10 à 1 h 42 ; 41 collectes ont attendu.` */
export function machineFaultSentence(fault: MachineFault): string {
  const { cause, place, endedAt, waited } = fault;
  const where = place === databasePlace ? "" : french`sur ${place}, `;
  const isOver = endedAt !== null;
  const effect = isOver
    ? counted(waited, "collecte a attendu", "collectes ont attendu")
    : counted(waited, "collecte attend", "collectes attendent");
  const what = isOver ? causes[cause].past : causes[cause].now;
  return sentence(french`${where}${what} ${faultTime(fault)}${waited === 0 ? "" : french` ; ${effect}`}`);
}

/** Returns `de 1 h 10 à 1 h 42`, with the days if they differ, or `depuis mercredi 25 novembre à 1 h 10`. */
function faultTime({ beganAt, endedAt }: MachineFault): string {
  if (endedAt === null) return `depuis ${momentOf(beganAt)}`;
  if (hourOf(beganAt) === hourOf(endedAt)) return `${momentOf(beganAt)}`;
  if (parisDay(new Date(beganAt)) === parisDay(new Date(endedAt))) return french`de ${hourOf(beganAt)} à ${hourOf(endedAt)}`;
  return french`de ${momentOf(beganAt)} à ${momentOf(endedAt)}`;
}
