package io.ipam.examples;

import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.StateSnapshot;
import io.ipam.documents.Documents;
import io.ipam.documents.Takeover;
import io.ipam.documents.TakeoverBuilder;
import io.ipam.owner.Owner;
import io.ipam.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The records of {@code status.allocatedIPs}, adjusted to the pods of the same dump. Finished pods
 * hold nothing unless they are stateful. The pods of a virtual machine hold addresses for the
 * machine. A pod without a uid is identified by its name. Thread safety: none.
 */
final class HeldRecords {
    private final Map<String, Manifest> finished = new HashMap<>();
    /** The owners whose name or uid differs from that of their records, by the name of the pod. */
    private final Map<String, Owner> renamed = new HashMap<>();

    private final List<String> released = new ArrayList<>();
    private final List<Problem> problems;
    private final StateSnapshot held;

    HeldRecords(Documents documents, PodManifests pods) {
        Set<String> stateful = new HashSet<>();
        for (Pod pod :
                Stream.concat(pods.pods().stream(), pods.finished().stream()).toList()) {
            if (pod.stateful()) {
                stateful.add(pod.owner().qualifiedName());
            }
            if (pod.isOfMachine() || pod.isWithoutUid()) {
                renamed.put(pod.manifest().qualifiedName(), pod.owner());
            }
        }
        for (Pod pod : pods.finished()) {
            if (!pod.stateful()) {
                finished.put(pod.manifest().qualifiedName(), pod.manifest());
            }
        }
        TakeoverBuilder takeover = Takeover.builder()
                .endpoints(documents.endpoints())
                .stateful(holder -> stateful.contains(holder.pod()) || renamed.containsKey(holder.pod()));
        pods.pods().forEach(pod -> takeover.podAnnotations(pod.manifest().qualifiedName(), pod.annotations()));
        Takeover.Reading noted = takeover.read(documents.poolDocuments());
        problems = noted.problems();
        StateSnapshot snapshot = noted.snapshot();
        List<PoolSnapshot> pools = snapshot.pools().stream().map(this::fitted).toList();
        held = new StateSnapshot(snapshot.lastGeneration(), pools, snapshot.strays(), snapshot.closedPools());
    }

    /** The records without those of finished pods. */
    StateSnapshot held() {
        return held;
    }

    /** The records that cannot be read. */
    List<Problem> problems() {
        return problems;
    }

    /** The records that were dropped: {@code 10.1.0.10 of p (Pod shop/nightly-1 is Succeeded)}. */
    List<String> released() {
        return released;
    }

    private PoolSnapshot fitted(PoolSnapshot noted) {
        List<PoolSnapshot.Held> kept = new ArrayList<>();
        for (PoolSnapshot.Held record : noted.held()) {
            Owner owner = record.owner();
            Manifest pod = finished.get(owner.qualifiedName());
            if (pod != null && isOf(pod, owner)) {
                released.add(record.address() + " of " + noted.pool() + " (Pod " + pod.qualifiedName() + " is "
                        + PodPhase.finished(pod).orElseThrow() + ")");
            } else {
                kept.add(withOwner(record, renamed.getOrDefault(owner.qualifiedName(), owner)));
            }
        }
        return PoolSnapshot.of(noted.pool(), kept);
    }

    private static boolean isOf(Manifest pod, Owner holder) {
        return !pod.statesUid() || holder.uid().isEmpty() || holder.uid().equals(pod.uid());
    }

    private static PoolSnapshot.Held withOwner(PoolSnapshot.Held record, Owner owner) {
        return new PoolSnapshot.Held(record.address(), owner, record.interfaceName(), record.generation());
    }
}
