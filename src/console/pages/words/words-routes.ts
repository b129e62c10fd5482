import type { Route } from "../../route.ts";
import { acceptAct } from "./accept-words.tsx";
import { decideAct } from "./decide-act.tsx";
import { decidePage } from "./decide-page.tsx";
import { trialsPage } from "./trials-page.tsx";
import { wordList } from "./word-list.tsx";
import { giveUpAct, keepAct, retryAct } from "./word-trial-acts.ts";

/** Routes of unmapped words and of the decisions about them. */
export const wordsRoutes: readonly Route[] = [...wordList, decidePage, decideAct, acceptAct, trialsPage, keepAct, giveUpAct, retryAct];
