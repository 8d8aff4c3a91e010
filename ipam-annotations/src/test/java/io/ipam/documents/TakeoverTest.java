package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.address.Address;
import io.ipam.allocation.Owner;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.StateSnapshot;
import io.ipam.pool.Pool;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TakeoverTest {
    private static PoolDocument document(String allocatedIps) {
        Pool pool =
                Pool.builder("blue-v4", "10.6.0.0/16").ips("10.6.1.0-10.6.1.9").build();
        return PoolDocument.of(pool)
                .withStatus(new PoolStatus(Optional.empty(), Optional.empty(), Optional.of(allocatedIps)));
    }

    @Test
    void holdersBecomeRecordsWithoutInterfaceAndGeneration() {
        Takeover.Reading reading = Takeover.read(
                List.of(document("{\"10.6.1.1\":{\"pod\":\"shop/cart-0\",\"podUid\":\"7f3c\"},"
                        + "\"10.6.1.0\":{\"pod\":\"shop/db-0\",\"podUid\":\"8a11\"}}")),
                holder -> holder.pod().startsWith("shop/db-"));
        assertEquals(List.of(), reading.problems());
        assertEquals(
                StateSnapshot.of(List.of(PoolSnapshot.of(
                        "blue-v4",
                        List.of(
                                new PoolSnapshot.Held(
                                        Address.parse("10.6.1.0"), Owner.stateful("shop", "db-0", "8a11"), "", 0),
                                new PoolSnapshot.Held(
                                        Address.parse("10.6.1.1"),
                                        Owner.stateless("shop", "cart-0", "7f3c"),
                                        "",
                                        0))))),
                reading.snapshot());
    }

    @Test
    void whatWasTakenOverIsWrittenAsBefore() {
        String text = "{\"10.6.1.0\":{\"pod\":\"shop/db-0\",\"podUid\":\"8a11\"},"
                + "\"10.6.1.1\":{\"pod\":\"shop/cart-0\",\"podUid\":\"7f3c\"}}";
        StateSnapshot snapshot =
                Takeover.read(List.of(document(text)), holder -> false).snapshot();
        assertEquals(
                Optional.of(text),
                Takeover.allocatedIps(snapshot.pools().get(0)).toJson());
    }

    @Test
    void everyBadRecordIsToldWithItsPath() {
        Takeover.Reading reading = Takeover.read(
                List.of(
                        document("{\"10.6.1.1\":{\"pod\":\"cart-0\",\"podUid\":\"7f3c\"},\"\":{},"
                                + "\"10.6.1.2\":{\"pod\":\"shop/cart-0\"},\"::ffff:10.6.1.3\":{\"pod\":\"a/b\",\"podUid\":\"u\"},"
                                + "\"10.6.1.4\":7,\"10.6.1.5\":{\"pod\":\"a/b\",\"podUid\":\"u\"}}"),
                        document("not JSON")),
                holder -> false);
        assertEquals(
                List.of(
                        "blue-v4.status.allocatedIPs[\"10.6.1.4\"]",
                        "blue-v4.status.allocatedIPs[\"\"]",
                        "blue-v4.status.allocatedIPs[\"10.6.1.1\"].pod",
                        "blue-v4.status.allocatedIPs[\"10.6.1.2\"].podUid",
                        "blue-v4.status.allocatedIPs[\"::ffff:10.6.1.3\"]",
                        "blue-v4.status.allocatedIPs"),
                reading.problems().stream().map(problem -> problem.where()).toList());
        assertEquals(1, reading.snapshot().heldCount());
    }

    @Test
    void aPoolWithoutStatusTakesOverNothing() {
        Pool pool = Pool.builder("blue-v4", "10.6.0.0/16").build();
        assertEquals(
                StateSnapshot.empty(),
                Takeover.read(List.of(PoolDocument.of(pool)), holder -> false).snapshot());
    }
}
