package io.ipam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.address.Family;
import io.ipam.allocation.AllocationEvent;
import io.ipam.owner.Owner;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first event of each kind marks the request that granted or released. */
class EventPositionsTest {
    private final List<String> told = new ArrayList<>();
    private final Ipam ipam = Ipam.of(IpamTest.CATALOG, IpamSettings.defaults().withListener(this::note));

    @Test
    void events_oneRequest_numbersGrantsAndReleasesSeparately() {
        ask("u1", "blue-v4");
        ask("u2", "red-v4");
        assertEquals(
                List.of(
                        "granted 0 of blue-v4",
                        "granted 1 of blue-v4",
                        "released 0 of blue-v4",
                        "released 1 of blue-v4",
                        "granted 0 of red-v4",
                        "granted 1 of red-v4"),
                told);
    }

    private void ask(String uid, String pool) {
        PoolSelections selections = PoolSelections.none()
                .withInterfaces(List.of(InterfaceRequest.of("eth0"), InterfaceRequest.of("net1")))
                .withPod(PoolNames.of(Family.IPV4, pool));
        ipam.allocate(Workload.of(Owner.stateful("shop", "db-0", uid)), selections)
                .orElseThrow();
    }

    private void note(AllocationEvent event) {
        if (event instanceof AllocationEvent.Granted granted) {
            told.add("granted " + granted.position() + " of " + granted.pool());
        } else if (event instanceof AllocationEvent.Released released) {
            told.add("released " + released.position() + " of " + released.pool());
        }
    }
}
