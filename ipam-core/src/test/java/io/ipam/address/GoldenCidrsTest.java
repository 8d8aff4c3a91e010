package io.ipam.address;

import io.ipam.golden.GoldenRun;
import org.junit.jupiter.api.Test;

/** Prefixes and routes against the reference system. */
class GoldenCidrsTest {
    @Test
    void cidrs_goldenVectors_match() {
        GoldenRun run = GoldenRun.of("cidrs.json");
        run.rule(GoldenAddresses.IPV4_MAPPED);
        run.rule(GoldenAddresses.LABEL_OF_CANONICAL_TEXT);
        run.ruleElsewhere(GoldenAddresses.IPV6_AS_IPV4);
        GoldenAddresses.claiming(
                        run,
                        "IsCIDR",
                        "IsFormatCIDR",
                        "ParseCIDR",
                        "CIDRToLabelValue",
                        "ContainsCIDR",
                        "IsCIDROverlap",
                        "IsRoute",
                        "IsRouteWithoutIPVersion")
                .run();
    }
}
