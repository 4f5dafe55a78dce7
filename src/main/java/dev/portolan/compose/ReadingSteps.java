package dev.portolan.compose;

/**
 * Which steps of the reading are taken. All are, but for a look at a project half-way.
 *
 * @param fillsIn whether variables are filled in
 * @param resolvesPaths whether paths become absolute
 * @param normalises whether what is implied is written out, such as the default network
 * @param checks whether what services refer to must be there
 * @param dropsUnused whether resources that no service uses are left out
 * @param readsVariableFiles whether services get the variables of their {@code env_file}s
 * @param checksContainerNames whether two services may not have the same {@code container_name}
 */
public record ReadingSteps(
        boolean fillsIn,
        boolean resolvesPaths,
        boolean normalises,
        boolean checks,
        boolean dropsUnused,
        boolean readsVariableFiles,
        boolean checksContainerNames) {
    public static final ReadingSteps ALL = new ReadingSteps(true, true, true, true, true);

    public ReadingSteps(
            boolean fillsIn, boolean resolvesPaths, boolean normalises, boolean checks, boolean dropsUnused) {
        this(fillsIn, resolvesPaths, normalises, checks, dropsUnused, true, true);
    }

    public ReadingSteps withoutVariableFiles() {
        return new ReadingSteps(fillsIn, resolvesPaths, normalises, checks, dropsUnused, false, false);
    }

    public ReadingSteps withoutContainerNames() {
        return new ReadingSteps(fillsIn, resolvesPaths, normalises, checks, dropsUnused, readsVariableFiles, false);
    }

    public ReadingSteps withoutFillingIn() {
        return new ReadingSteps(
                false, resolvesPaths, normalises, checks, dropsUnused, readsVariableFiles, checksContainerNames);
    }
}
