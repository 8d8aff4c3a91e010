package io.ipam.examples;

import io.ipam.pool.Application;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The pods of a cluster: the ones among the manifests, and the ones that a Deployment or another
 * maker of pods has not made yet. A pod among the manifests counts as one replica of its owner.
 * Thread safety: none.
 */
final class PodManifests {
    private final Map<String, Map<String, String>> nodes;
    private final Mistakes mistakes;
    private final Ownership ownership;
    private final OwningApplications applications;
    private final List<Pod> pods = new ArrayList<>();
    private final List<Pod> finished = new ArrayList<>();
    private final List<String> idle = new ArrayList<>();
    /** The pods among the manifests, by {@code namespace/name}. */
    private final Set<String> names = new HashSet<>();
    /** The number of pods among the manifests, by owner at every level. */
    private final IdentityHashMap<Manifest, Integer> present = new IdentityHashMap<>();

    private final IdentityHashMap<Manifest, Integer> replicas = new IdentityHashMap<>();
    /** The makers whose pods another one makes: the owner of a ReplicaSet, the Job of a CronJob. */
    private final Set<Manifest> represented = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Reads the pods and places those without a node on these nodes, labels by name. */
    PodManifests(Manifests manifests, Map<String, Map<String, String>> nodes, Mistakes mistakes) {
        this.nodes = nodes;
        this.mistakes = mistakes;
        List<Manifest> all = manifests.podsAndMakers();
        List<PodMaker> makers =
                all.stream().flatMap(one -> PodMaker.of(one).stream()).toList();
        ownership = new Ownership(makers);
        applications = new OwningApplications(ownership, this::replicas);
        manifests.of(Kind.POD).forEach(pod -> mistakes.run(() -> count(pod)));
        makers.forEach(maker -> mistakes.run(() -> relate(maker)));
        for (Manifest manifest : all) {
            mistakes.run(() -> PodMaker.of(manifest).ifPresentOrElse(this::addReplicas, () -> addPod(manifest)));
        }
    }

    /** The pods that may have addresses, in the order of the manifests. */
    List<Pod> pods() {
        return pods;
    }

    /**
     * The pods that are finished. They hold no address, unless they are stateful and may be
     * recreated.
     */
    List<Pod> finished() {
        return finished;
    }

    /**
     * The pods and makers without addresses, with the reason: {@code Pod kube-system/agent (host
     * network)}.
     */
    List<String> idle() {
        return idle;
    }

    private void count(Manifest pod) {
        names.add(pod.qualifiedName());
        applications.count(pod);
        ownership.above(pod).forEach(maker -> present.merge(maker.manifest(), 1, Integer::sum));
    }

    private void relate(PodMaker maker) {
        ownership.above(maker.manifest()).stream().findFirst().ifPresent(owner -> {
            boolean ownerMakesPods = maker.kind() == Kind.REPLICA_SET;
            represented.add(ownerMakesPods ? maker.manifest() : owner.manifest());
        });
    }

    private void addPod(Manifest manifest) {
        Optional<String> phase = PodPhase.finished(manifest);
        if (phase.isPresent()) {
            finished.add(pod(manifest));
            idle.add("Pod " + manifest.qualifiedName() + " (" + phase.get() + ")");
        } else if (manifest.spec().flag("hostNetwork", false)) {
            idle.add("Pod " + manifest.qualifiedName() + " (host network)");
        } else {
            pods.add(pod(manifest));
        }
    }

    /**
     * A pod of a virtual machine is identified by the name of the machine, because its own name
     * changes at each start.
     */
    private Pod pod(Manifest manifest) {
        Optional<Manifest.Reference> controller = manifest.controller();
        String kind = controller.map(Manifest.Reference::kind).orElse("");
        boolean ofMachine = kind.equals(Kind.VIRTUAL_MACHINE_INSTANCE.toString());
        return new Pod(
                manifest,
                manifest.fields(),
                ofMachine ? controller.orElseThrow().name() : manifest.name(),
                manifest.uid(),
                manifest.spec().optionalText("nodeName").orElse(""),
                ofMachine || kind.equals(Kind.STATEFUL_SET.toString()),
                applications.of(manifest));
    }

    /**
     * Adds the pods that do not exist yet. Pods that name no node are spread over the matching
     * nodes.
     */
    private void addReplicas(PodMaker maker) {
        Manifest manifest = maker.manifest();
        if (represented.contains(manifest)) {
            return;
        }
        Fields podSpec = maker.template().object("spec");
        Optional<String> rest = maker.rest()
                .or(() -> podSpec.flag("hostNetwork", false) ? Optional.of("host network") : Optional.empty());
        if (rest.isPresent()) {
            if (present.getOrDefault(manifest, 0) == 0) {
                idle.add(manifest.kind() + " " + manifest.qualifiedName() + " (" + rest.get() + ")");
            }
            return;
        }
        List<String> fitting = mistakes.attempt(() -> fittingNodes(podSpec)).orElse(List.of());
        Optional<String> named = podSpec.optionalText("nodeName");
        Application application = applications.of(manifest);
        for (int ordinal : missing(maker)) {
            String node = named.orElse(fitting.isEmpty() ? "" : fitting.get(ordinal % fitting.size()));
            String uid = manifest.uid() + "-" + ordinal;
            boolean stateful = maker.kind().isStateful();
            pods.add(new Pod(manifest, maker.template(), maker.podName(ordinal), uid, node, stateful, application));
        }
    }

    /** The ordinals of the pods that are not among the manifests. */
    private List<Integer> missing(PodMaker maker) {
        int there = present.getOrDefault(maker.manifest(), 0);
        int start = maker.firstOrdinal();
        int end = start + replicas(maker);
        return switch (maker.kind()) {
            case STATEFUL_SET ->
                IntStream.range(start, end)
                        .filter(ordinal -> !names.contains(maker.manifest().namespace() + "/" + maker.podName(ordinal)))
                        .boxed()
                        .toList();
            case DAEMON_SET, CRON_JOB, VIRTUAL_MACHINE, VIRTUAL_MACHINE_INSTANCE ->
                there > 0 ? List.of() : IntStream.range(start, end).boxed().toList();
            default -> IntStream.range(there, end).boxed().toList();
        };
    }

    private int replicas(PodMaker maker) {
        return replicas.computeIfAbsent(
                maker.manifest(),
                any -> mistakes.attempt(() -> countReplicas(maker)).orElse(1));
    }

    private int countReplicas(PodMaker maker) {
        boolean onEachNode = maker.kind() == Kind.DAEMON_SET;
        return maker.replicas(
                onEachNode ? fittingNodes(maker.template().object("spec")).size() : 0);
    }

    private List<String> fittingNodes(Fields podSpec) {
        Map<String, String> wanted = podSpec.texts("nodeSelector");
        return nodes.entrySet().stream()
                .filter(node -> node.getValue().entrySet().containsAll(wanted.entrySet()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
