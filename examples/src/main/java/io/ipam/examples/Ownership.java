package io.ipam.examples;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The objects that control pods, as {@code ownerReferences} state it. The ReplicaSet of a
 * Deployment need not be among the manifests: the Deployment whose selector matches the pod's
 * labels is found without it. Thread safety: none.
 */
final class Ownership {
    /** The label by which a Deployment distinguishes its ReplicaSets; their names end in it. */
    private static final String TEMPLATE_HASH = "pod-template-hash";

    private static final Set<Kind> CONTROLLED =
            EnumSet.of(Kind.POD, Kind.REPLICA_SET, Kind.JOB, Kind.VIRTUAL_MACHINE_INSTANCE);
    /**
     * The maximum number of levels. Kubernetes has two, such as CronJob and Job; a cycle of owners
     * ends here.
     */
    private static final int MOST_LEVELS = 4;

    /** The suffix of the name of a Job that a CronJob makes: a time in minutes. */
    private static final Pattern RUN = Pattern.compile("-\\d+$");

    private final Map<String, PodMaker> byName = new HashMap<>();
    private final Map<String, List<PodMaker>> deployments = new HashMap<>();
    /** The Deployments by ReplicaSet: all pods of a ReplicaSet belong to one Deployment. */
    private final Map<String, Optional<PodMaker>> deploymentOf = new HashMap<>();

    Ownership(List<PodMaker> makers) {
        for (PodMaker maker : makers) {
            String namespace = maker.manifest().namespace();
            String name = maker.manifest().name();
            byName.put(key(maker.kind(), maker.manifest().apiVersion(), namespace, name), maker);
            if (maker.kind() == Kind.DEPLOYMENT) {
                deployments.computeIfAbsent(namespace, any -> new ArrayList<>()).add(maker);
            }
        }
    }

    private static String key(Kind kind, String apiVersion, String namespace, String name) {
        return kind.identityGroup(apiVersion) + "/" + kind + "/" + namespace + "/" + name;
    }

    /**
     * The controllers of a pod or of a maker of pods, from the nearest to the topmost one among the
     * manifests.
     */
    List<PodMaker> above(Manifest owned) {
        List<PodMaker> chain = new ArrayList<>();
        Optional<PodMaker> next = maker(owned);
        while (next.isPresent() && chain.size() < MOST_LEVELS) {
            chain.add(next.get());
            next = maker(next.get().manifest());
        }
        return chain;
    }

    /**
     * The controller of a pod, ReplicaSet, Job or virtual machine instance. An application ends
     * there: an object that controls a Deployment, for example, is ignored, and so is the node of a
     * static pod.
     */
    static Optional<Manifest.Reference> controllerOf(Manifest owned) {
        return owned.known().filter(CONTROLLED::contains).isPresent()
                ? owned.controller().filter(reference -> !reference.kind().equals(Kind.NODE.toString()))
                : Optional.empty();
    }

    private Optional<PodMaker> maker(Manifest owned) {
        return controllerOf(owned)
                .flatMap(reference -> reference.known().flatMap(kind -> maker(kind, reference, owned)));
    }

    /**
     * The controller. If it is not among the manifests, this is the next one above it, found by
     * names and labels.
     */
    private Optional<PodMaker> maker(Kind kind, Manifest.Reference reference, Manifest owned) {
        String namespace = owned.namespace();
        String name = reference.name();
        Optional<PodMaker> found = find(kind, reference.apiVersion(), namespace, name);
        if (found.isPresent()) {
            return found;
        }
        return switch (kind) {
            case REPLICA_SET -> deploymentOf.computeIfAbsent(namespace + "/" + name, any -> deployment(owned, name));
            case JOB -> find(Kind.CRON_JOB, "", namespace, RUN.matcher(name).replaceFirst(""));
            case VIRTUAL_MACHINE_INSTANCE -> find(Kind.VIRTUAL_MACHINE, "", namespace, name);
            default -> Optional.empty();
        };
    }

    private Optional<PodMaker> find(Kind kind, String apiVersion, String namespace, String name) {
        return Optional.ofNullable(byName.get(key(kind, apiVersion, namespace, name)));
    }

    private Optional<PodMaker> deployment(Manifest pod, String replicaSet) {
        List<PodMaker> here = deployments.getOrDefault(pod.namespace(), List.of());
        Map<String, String> labels = pod.labels();
        List<PodMaker> selecting =
                here.stream().filter(deployment -> deployment.selects(labels)).toList();
        Optional<PodMaker> named = (selecting.isEmpty() ? withoutSelector(here) : selecting)
                .stream()
                        .filter(deployment -> isNameOf(deployment, replicaSet, selecting.isEmpty(), labels))
                        .max(Comparator.comparingInt(
                                deployment -> deployment.manifest().name().length()));
        return named.isPresent() || selecting.size() != 1 ? named : Optional.of(selecting.get(0));
    }

    private static List<PodMaker> withoutSelector(List<PodMaker> deployments) {
        return deployments.stream()
                .filter(deployment ->
                        deployment.manifest().spec().object("selector").tree().isEmpty())
                .toList();
    }

    /**
     * Whether the ReplicaSet has the name of one of the Deployment; the name must match exactly if
     * there is no other evidence.
     */
    private static boolean isNameOf(
            PodMaker deployment, String replicaSet, boolean exactly, Map<String, String> podLabels) {
        String start = deployment.manifest().name() + "-";
        return exactly ? replicaSet.equals(start + podLabels.get(TEMPLATE_HASH)) : replicaSet.startsWith(start);
    }

    /** The name of the Deployment of a ReplicaSet if neither is among the manifests. */
    static Optional<String> deploymentName(Manifest pod, Manifest.Reference replicaSet) {
        String end = "-" + pod.labels().getOrDefault(TEMPLATE_HASH, "/");
        String name = replicaSet.name();
        return name.endsWith(end) && name.length() > end.length()
                ? Optional.of(name.substring(0, name.length() - end.length()))
                : Optional.empty();
    }
}
