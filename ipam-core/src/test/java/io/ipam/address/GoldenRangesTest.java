package io.ipam.address;

import io.ipam.golden.GoldenRun;
import org.junit.jupiter.api.Test;

/** Addresses and ranges against the reference system. */
class GoldenRangesTest {
    @Test
    void ranges_goldenVectors_match() {
        GoldenRun run = GoldenRun.of("ranges.json");
        run.rule(GoldenAddresses.MALFORMED_ENTRY);
        run.rule(GoldenAddresses.NEVER_ANSWERED);
        run.ruleElsewhere(GoldenAddresses.NO_SUCH_FAMILY);
        run.ruleElsewhere(GoldenAddresses.PAST_THE_LAST_ADDRESS);
        run.rule(GoldenAddresses.IPV4_MAPPED);
        run.rule(GoldenAddresses.LEADING_ZERO_BYTE);
        run.rule(GoldenAddresses.IPV6_AS_IPV4);
        run.rule(GoldenAddresses.COMPARED_AS_TEXT);
        run.rule(GoldenAddresses.REVERSED_RANGE);
        run.rule(GoldenAddresses.ONCE_IN_A_SET);
        run.rule(GoldenAddresses.LOWEST_FIRST);
        run.onElsewhere("ParseIPRanges", GoldenAddresses::compare);
        GoldenAddresses.claiming(
                        run,
                        "IsIP",
                        "IsIPRange",
                        "ParseIPRange",
                        "MergeIPRanges",
                        "ConvertIPsToIPRanges",
                        "IPRangeContainsIP",
                        "IsIPRangeOverlap",
                        "ContainsIPRange",
                        "ContainsIP",
                        "AssembleTotalIPs",
                        "IPsDiffSet",
                        "IPsUnionSet",
                        "IPsIntersectionSet",
                        "FindAvailableIPs",
                        "NextIP",
                        "PrevIP",
                        "Cmp")
                .run();
    }
}
