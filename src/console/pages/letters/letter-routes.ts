import type { Route } from "../../route.ts";
import { answerAct, rereadAct } from "./answer-acts.tsx";
import { lettersPage } from "./connector-letters.tsx";
import { courtesyActs } from "./courtesy/courtesy-requests.tsx";
import { requestAct } from "./courtesy/public-courtesy.tsx";
import { letterActs } from "./letter-acts.tsx";
import { letterList } from "./letter-list.tsx";
import { letterPages } from "./letter-page.tsx";
import { offeredFileRoutes } from "./open-data/offered-file-page.tsx";
import { publicLetters } from "./public-letter.tsx";
import { rereadPage } from "./reread-page.tsx";
import { sendActs, sendPage } from "./send-form.tsx";

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
