import { robustnessCounts } from "./robustness-counts.ts";
import { sweep } from "./sweep.ts";

sweep(["robustness"], robustnessCounts);
