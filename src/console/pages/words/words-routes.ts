import type { Route } from "../../route.ts";
import { acceptAct } from "./accept-words.tsx";
import { decideAct } from "./decide-act.tsx";
import { decidePage } from "./decide-page.tsx";
import { giveUpAct, keepAct, retryAct } from "./trial-acts.ts";
import { trialsPage } from "./trials-page.tsx";
import { wordList } from "./word-list.tsx";

/** Routes of unmapped words and of the decisions about them. */
export const wordsRoutes: readonly Route[] = [...wordList, decidePage, decideAct, acceptAct, trialsPage, keepAct, giveUpAct, retryAct];
