//! Publishing: a finished site goes from its stage into the output folder in one step.
