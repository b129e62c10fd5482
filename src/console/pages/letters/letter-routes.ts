import type { Route } from "../../route.ts";
import { answerAct, rereadAct } from "./answer-acts.tsx";
import { courtesyActs } from "./courtesy/courtesy-acts.ts";
import { requestAct } from "./courtesy/request-act.tsx";
import { letterActs } from "./letter-acts.ts";
import { letterList } from "./letter-list.tsx";
import { letterPages } from "./letter-page.tsx";
import { lettersPage } from "./letters-page.tsx";
import { offeredFileRoutes } from "./open-data/offered-file-page.tsx";
import { publicLetters } from "./public-letter.tsx";
import { rereadPage } from "./reread-page.tsx";
import { sendActs } from "./send-act.ts";
import { sendPage } from "./send-page.tsx";

export const letterRoutes: readonly Route[] = [
  ...letterList,
  lettersPage,
  ...letterPages,
  sendPage,
  ...letterActs,
  ...courtesyActs,
  ...sendActs,
  ...publicLetters,
  ...offeredFileRoutes,
  rereadPage,
  answerAct,
  requestAct,
  rereadAct,
];
