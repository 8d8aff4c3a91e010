package io.ipam.documents;

import com.fasterxml.jackson.databind.JsonNode;
import io.ipam.AllocationResult;
import io.ipam.Ipam;
import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.InvalidAddressException;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RestoreMode;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolBuilder;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import io.ipam.problem.Problem;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * One pool with the steps of a vector. Pods are stateless, with two exceptions. A refreshed pod has
 * a new uid under the same name, as a recreated pod of a StatefulSet. A pod without a uid is
 * identified only by its name.
 */
final class AllocationReplay {
    private final Pool pool;
    private final PoolCatalog catalog;
    private final Ipam ipam;
    private final Set<String> stateful = new HashSet<>();
    private final List<Problem> setAside = new ArrayList<>();

    /** The outcome of a step; texts are empty if there is nothing. */
    record Answer(boolean isRefused, String address, String gateway, String pool, int version) {
        static Answer refused() {
            return new Answer(true, "", "", "", 0);
        }

        static Answer done() {
            return new Answer(false, "", "", "", 0);
        }
    }

    AllocationReplay(JsonNode input) {
        pool = pool(input.path("pool"));
        ReservedRange reserved = ReservedRange.parse("reserved", pool.family(), texts(input.path("reservedIPs")));
        catalog = PoolCatalog.of(List.of(pool), List.of(reserved));
        ipam = Ipam.of(catalog);
        for (JsonNode step : input.path("steps")) {
            if (step.path("op").textValue().equals("refresh")) {
                stateful.add(podOf(step));
            }
        }
        takeOver(input.path("pool").path("status").path("allocatedIPs").textValue());
    }

    private void takeOver(@Nullable String allocatedIps) {
        if (allocatedIps == null) {
            return;
        }
        PoolStatus status = new PoolStatus(Optional.empty(), Optional.empty(), Optional.of(allocatedIps));
        Takeover.Reading reading = Takeover.read(
                List.of(PoolDocument.of(pool).withStatus(status)),
                holder -> stateful.contains(holder.pod()) || holder.podUid().isEmpty());
        setAside.addAll(reading.problems());
        setAside.addAll(
                ipam.state().restore(reading.snapshot(), RestoreMode.HOLD).problems());
    }

    /** The problems of the initial records of the pool. */
    List<Problem> setAside() {
        return setAside;
    }

    Answer run(JsonNode step) {
        return switch (step.path("op").textValue()) {
            case "allocate" ->
                answer(ipam.allocate(workload(podOf(step), step.path("uid").textValue()), selections()));
            case "release" -> release(step);
            case "refresh" -> refresh(step);
            default -> throw new AssertionError("no step " + step);
        };
    }

    private Answer release(JsonNode step) {
        for (JsonNode release : step.path("releases")) {
            for (PoolSnapshot.Held held : held(release)) {
                Owner owner = held.owner();
                String uid = release.path("UID").textValue();
                ipam.release(new Owner(owner.stateful(), owner.namespace(), owner.name(), uid), held.address());
            }
        }
        return Answer.done();
    }

    /**
     * A recreated pod requests the addresses that it holds again, but none that another pod holds.
     */
    private Answer refresh(JsonNode step) {
        for (JsonNode release : step.path("releases")) {
            for (PoolSnapshot.Held held : held(release)) {
                if (!held.owner().qualifiedName().equals(podOf(step))) {
                    return Answer.refused();
                }
                ipam.allocate(workload(podOf(step), release.path("UID").textValue()), selections())
                        .orElseThrow();
            }
        }
        return Answer.done();
    }

    /** The holder of the named address; empty if the text is not an address. */
    private List<PoolSnapshot.Held> held(JsonNode release) {
        Optional<Address> address = address(release.path("IP").textValue());
        return snapshot().held().stream()
                .filter(held -> address.filter(held.address()::equals).isPresent())
                .toList();
    }

    static Optional<Address> address(String text) {
        try {
            return Optional.of(Address.parse(text));
        } catch (InvalidAddressException notAnAddress) {
            return Optional.empty();
        }
    }

    private PoolSnapshot snapshot() {
        return ipam.state().export().pools().stream()
                .findFirst()
                .orElseGet(() -> PoolSnapshot.of(pool.name(), List.of()));
    }

    long held() {
        return ipam.usage(pool.name()).orElseThrow().held();
    }

    /** The text for {@code status.allocatedIPs}, null if nothing is held. */
    @Nullable
    String allocatedIps() {
        return Takeover.allocatedIps(ipam.state().export(), pool.name())
                .orElseThrow()
                .toJson()
                .orElse(null);
    }

    /** The lowest usable address that is not among these; null if there is none. */
    @Nullable
    Address lowestFree(Set<Address> held) {
        AddressSet usable = catalog.usable(pool);
        for (int i = 0; i < usable.rangeCount(); i++) {
            for (Address at = usable.range(i).first(); ; at = at.next()) {
                if (!held.contains(at)) {
                    return at;
                }
                if (at.equals(usable.range(i).last())) {
                    break;
                }
            }
        }
        return null;
    }

    private Answer answer(AllocationResult result) {
        if (!result.isAllocated()) {
            return Answer.refused();
        }
        Allocation allocation = result.orElseThrow().get(0);
        return new Answer(
                false,
                allocation.addressWithPrefix(),
                allocation.gateway().map(Address::toString).orElse(""),
                allocation.pool(),
                allocation.family().number());
    }

    private Workload workload(String pod, String uid) {
        int slash = pod.indexOf('/');
        return Workload.of(new Owner(stateful.contains(pod), pod.substring(0, slash), pod.substring(slash + 1), uid));
    }

    private PoolSelections selections() {
        return PoolSelections.none().withPod(PoolNames.of(pool.family(), pool.name()));
    }

    private static String podOf(JsonNode step) {
        return step.path("namespace").textValue() + "/" + step.path("name").textValue();
    }

    private static Pool pool(JsonNode document) {
        JsonNode spec = document.path("spec");
        PoolBuilder builder = Pool.builder(
                        document.path("metadata").path("name").textValue(),
                        spec.path("subnet").textValue())
                .ips(texts(spec.path("ips")))
                .excludeIps(texts(spec.path("excludeIPs")))
                .family(Family.ofNumber(spec.path("ipVersion").intValue()).orElseThrow());
        Optional.ofNullable(spec.path("gateway").textValue()).ifPresent(builder::gateway);
        for (JsonNode route : spec.path("routes")) {
            builder.route(route.path("dst").textValue(), route.path("gw").textValue());
        }
        return builder.build();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }
}
