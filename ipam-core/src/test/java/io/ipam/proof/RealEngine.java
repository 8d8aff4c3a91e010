package io.ipam.proof;

import io.ipam.AllocationResult;
import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.HandOverResult;
import io.ipam.allocation.Holding;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.ReleaseResult;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.UpdateResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The engine, with catalog 0. Thread safety: that of {@link Ipam}. */
class RealEngine implements Calls {
    final Ipam ipam = Ipam.of(SmallWorld.catalog(0), IpamSettings.defaults().withClock(() -> Instant.EPOCH));

    private final long firstToken = ipam.allocate(SmallWorld.workload(0), SmallWorld.selections(0))
            .orElseThrow()
            .get(0)
            .generation();

    private String token(long token) {
        return token == firstToken ? "#first" : "#";
    }

    @Override
    public String ask(int who, int request) {
        return text(ipam.allocate(SmallWorld.workload(who), SmallWorld.selections(request)));
    }

    @Override
    public String given(int who, int address) {
        return text(ipam.allocate(SmallWorld.workload(who), SmallWorld.given(2, address)));
    }

    private String text(AllocationResult result) {
        if (result instanceof AllocationResult.Refused refused) {
            return refused.reason().name().toLowerCase(Locale.ROOT);
        }
        List<String> texts = new ArrayList<>();
        for (Allocation a : result.orElseThrow()) {
            texts.add(a.interfaceName() + " " + SmallWorld.name(a.address()) + " " + token(a.generation()));
        }
        return String.join(", ", texts);
    }

    @Override
    public String release(int who) {
        return text(ipam.release(SmallWorld.owner(who)));
    }

    @Override
    public String releaseInterface(int who, String interfaceName) {
        return text(ipam.release(SmallWorld.owner(who), interfaceName));
    }

    @Override
    public String releaseAddress(int who, int address, boolean first) {
        long token = first ? firstToken : Long.MAX_VALUE;
        return text(ipam.release(SmallWorld.owner(who), SmallWorld.address(address), token));
    }

    private String text(List<ReleaseResult> results) {
        return String.join(", ", results.stream().map(this::text).sorted().toList());
    }

    private String text(ReleaseResult result) {
        if (result instanceof ReleaseResult.Released released) {
            return "released " + released.interfaceName() + " " + SmallWorld.name(released.address()) + " "
                    + token(released.generation());
        }
        if (result instanceof ReleaseResult.HeldByAnother held) {
            return SmallWorld.name(held.address()) + " held by " + held.holder().uid() + " " + token(held.generation());
        }
        return "not allocated";
    }

    @Override
    public String handOver(int from, int to) {
        HandOverResult result = ipam.handOver(
                SmallWorld.owner(2),
                SmallWorld.owner(from).uid(),
                SmallWorld.owner(to).uid());
        if (result instanceof HandOverResult.HeldByAnother held) {
            return SmallWorld.name(held.address()) + " held by " + held.holder().uid() + " " + token(held.generation());
        }
        if (!result.isHandedOver()) {
            return "not allocated";
        }
        List<String> texts = new ArrayList<>();
        for (Holding holding : result.orElseThrow()) {
            texts.add(SmallWorld.name(holding.address()) + " " + holding.uid() + " " + token(holding.generation()));
        }
        return (result instanceof HandOverResult.HandedOver ? "handed over " : "already ") + String.join(", ", texts);
    }

    @Override
    public String swap(int from, int to, boolean force) {
        UpdateResult result = force
                ? ipam.updateByForce(SmallWorld.catalog(from), SmallWorld.catalog(to))
                : ipam.update(SmallWorld.catalog(from), SmallWorld.catalog(to));
        return result.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    @Override
    public String usage(String pool) {
        return ipam.usage(pool)
                .map(usage -> usage.held() + " held, " + usage.free() + " free")
                .orElse("none");
    }

    @Override
    public String export() {
        List<String> texts = new ArrayList<>();
        for (PoolSnapshot pool : ipam.state().export().pools()) {
            for (PoolSnapshot.Held held : pool.held()) {
                texts.add(SmallWorld.name(held.address()) + "=" + held.owner().uid() + " " + held.interfaceName() + " "
                        + token(held.generation()));
            }
        }
        return String.join(", ", texts);
    }

    @Override
    public String wipe() {
        ipam.state().restoreDroppingGrants(StateSnapshot.empty(), RestoreMode.REFUSE);
        return "wiped";
    }
}
