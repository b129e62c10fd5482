import { subsidyAndAidCounts } from "./subsidy-and-aid-counts.ts";
import { sweep } from "./sweep.ts";

sweep(["subsidies", "xml", "aids"], subsidyAndAidCounts);
