package io.ipam.address;

import io.ipam.golden.GoldenRun;
import org.junit.jupiter.api.Test;

/** The remaining addresses of a pool after its exclusions, against the reference system. */
class GoldenPoolCapacityTest {
    @Test
    void capacity_goldenVectors_match() {
        GoldenRun run = GoldenRun.of("pool_capacity.json");
        run.rule(GoldenAddresses.IPV4_MAPPED);
        run.rule(GoldenAddresses.REVERSED_RANGE);
        run.rule(GoldenAddresses.ONCE_IN_A_SET);
        run.ruleElsewhere(GoldenAddresses.IPV6_AS_IPV4);
        run.ruleElsewhere(GoldenAddresses.NEVER_ANSWERED);
        GoldenAddresses.claiming(run, "TotalIP", "IsOverlapIPRanges").run();
    }
}
