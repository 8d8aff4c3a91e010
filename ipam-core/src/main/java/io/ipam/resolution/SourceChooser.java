package io.ipam.resolution;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import io.ipam.subnet.SubnetSelection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the source of each interface: the first one that settles it. An annotation of the pod
 * settles if it is present; the namespace and the CNI configuration settle if they have a name in
 * any family.
 *
 * <p>Thread safety: none; used for one request.
 */
final class SourceChooser {
    private final PoolSelections selections;
    private final List<Problem> problems;

    private SourceChooser(PoolSelections selections, List<Problem> problems) {
        this.selections = selections;
        this.problems = problems;
    }

    /**
     * The choice of each interface in order, without the interfaces that cannot be settled; adds
     * their problems.
     */
    static List<InterfaceChoice> choose(PoolSelections selections, List<Problem> problems) {
        SourceChooser chooser = new SourceChooser(selections, problems);
        if (selections.subnet().isPresent()) {
            return chooser.bySubnet(selections.subnet().get());
        }
        PodSelection pod = selections.pod().orElse(null);
        if (pod instanceof PodSelection.PerInterface items) {
            return chooser.byItem(items);
        }
        return chooser.byInterface((PodSelection.AllInterfaces) pod);
    }

    private List<InterfaceChoice> byInterface(PodSelection.@Nullable AllInterfaces pod) {
        List<InterfaceChoice> choices = new ArrayList<>(selections.interfaces().size());
        for (InterfaceRequest request : selections.interfaces()) {
            choices.add(settle(request, pod));
        }
        return choices;
    }

    private InterfaceChoice settle(InterfaceRequest request, PodSelection.@Nullable AllInterfaces pod) {
        if (pod != null) {
            return whole(request, Source.POD, pod.pools());
        }
        if (!selections.namespaceDefaults().isEmpty()) {
            return whole(request, Source.NAMESPACE, selections.namespaceDefaults());
        }
        if (!request.cniPools().isEmpty()) {
            return whole(request, Source.CNI, request.cniPools());
        }
        return whole(request, Source.CLUSTER_DEFAULT, PoolNames.none());
    }

    private InterfaceChoice whole(InterfaceRequest request, Source source, PoolNames names) {
        return InterfaceChoice.whole(request, source, selections.label(source), names);
    }

    private List<InterfaceChoice> byItem(PodSelection.PerInterface pod) {
        Source.Label label = selections.label(Source.POD);
        List<Problem> broken = pod.problems();
        if (!broken.isEmpty()) {
            broken.forEach(problem -> problems.add(problem.withWhere(label.path())));
            return List.of();
        }
        ItemMatching matching = ItemMatching.of(pod.items(), selections, label.path(), problems);
        List<InterfaceChoice> choices = new ArrayList<>(selections.interfaces().size());
        for (int number = 0; number < selections.interfaces().size(); number++) {
            int index = matching.itemOf(number);
            if (index >= 0) {
                PodSelection.Item item = pod.items().get(index);
                InterfaceRequest request = selections.interfaces().get(number);
                choices.add(new InterfaceChoice(request, Source.POD, label, index, item.pools(), item.cleanGateway()));
            }
        }
        return choices;
    }

    private List<InterfaceChoice> bySubnet(SubnetSelection subnet) {
        Map<String, Integer> byName = new HashMap<>();
        Source.Label label = selections.label(Source.SUBNET);
        for (int index = 0; index < subnet.items().size(); index++) {
            String name = subnet.items().get(index).interfaceName();
            String where = subnet.severalInterfaces() ? label.path() + "[" + index + "].interface" : label.path();
            if (!selections.hasInterface(name)) {
                ItemMatching.reportNotRequested(selections, where, name, problems);
            } else if (byName.putIfAbsent(name, index) != null) {
                problems.add(Problem.of(ProblemType.DUPLICATE, where, name, "an interface must have only one item"));
            }
        }
        List<InterfaceChoice> choices = new ArrayList<>(selections.interfaces().size());
        for (InterfaceRequest request : selections.interfaces()) {
            Integer index = byName.get(request.name());
            if (index == null) {
                problems.add(ItemMatching.withoutItem(label.path(), request.name()));
            } else {
                PoolNames names = new PoolNames(subnet.items().get(index).subnets());
                int item = subnet.severalInterfaces() ? index : InterfaceChoice.WHOLE;
                choices.add(new InterfaceChoice(request, Source.SUBNET, label, item, names, request.cleanGateway()));
            }
        }
        return choices;
    }
}
